"""Store accounts in a data folder, with one TinyDB journal per account."""
