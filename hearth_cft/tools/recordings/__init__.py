"""Make, add and check recordings: the code behind `hearth recordings`.

The server never imports this package. The sound and speech modules need the extra `voices`.
"""
