"""Read files that people write, and name each mistake by its file, its line and its key."""
