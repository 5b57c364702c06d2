"""The code of the `hearth` commands that developers, translators and therapists run."""
