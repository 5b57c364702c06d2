"""Translation catalogues and the tools around them: `hearth translations`.

The server doesn't use this package. The build uses only `hearth_cft.i18n.compile`.
"""
