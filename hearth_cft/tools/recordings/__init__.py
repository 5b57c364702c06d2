"""Makes, takes in and checks recordings: the parts behind `hearth recordings`.

The server never imports this package. Sound and speech need the optional extra `voices`.
"""
