"""messages.json: the strings of the browser code in one language."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from app.i18n import OPEN, Texts
