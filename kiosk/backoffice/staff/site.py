"""The staff's site."""

from unfold.sites import UnfoldAdminSite

site = UnfoldAdminSite(name="staff")
