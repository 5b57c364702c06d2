"""Translation catalogues and the tools around them: `hearth translations`.

`compile` and what it imports use the standard library and Babel alone, because the build loads
them before Hearth's packages are installed. Nothing here runs while the server answers.
"""
