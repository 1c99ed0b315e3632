"""The courier's camera: whose key may send a picture, who may see it, and when it ends."""
