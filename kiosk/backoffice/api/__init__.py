"""What windows and buyers' phones ask, under /api/v1/."""

PREFIX = "/api/v1"
