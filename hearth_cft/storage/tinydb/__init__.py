"""The embedded store: one TinyDB journal an account."""
