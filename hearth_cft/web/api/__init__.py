"""The API under /api/v1/ that the phones use."""
