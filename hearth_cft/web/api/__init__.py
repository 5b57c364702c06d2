"""The API for the phones, under /api/v1/."""
