"""The list of languages, and the translation catalogues of each language."""
