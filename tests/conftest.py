"""What several test modules share."""

from __future__ import annotations

import os
import shutil

import pytest


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's executable: the one scripts/test found, or Chromium on the path; without one the test fails."""
    browser = os.environ.get("ECOTECA_CHROMIUM") or shutil.which("chromium")
    if browser is None:
        pytest.fail("manca un browser: usa scripts/test, che lo installa")
    return browser
