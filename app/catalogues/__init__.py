"""Translation catalogues and the tools around them: `hearth translations`.

`po` and `compile` use the standard library alone, because the build loads them before Hearth's
packages are installed. Nothing here runs while the server answers.
"""
