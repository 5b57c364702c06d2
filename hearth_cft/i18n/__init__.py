"""Languages: which there are, and what is said in each."""
