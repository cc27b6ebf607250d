"""`python -m ecoteca COMANDO`, which the scripts run."""

import sys

from ecoteca.cli import main, prepare_process

if __name__ == "__main__":
    prepare_process()
    sys.exit(main())
