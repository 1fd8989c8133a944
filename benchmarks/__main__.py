"""Run every benchmark, each alone in a process of its own: ``python -m benchmarks [--json]``."""

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


def main() -> None:
    """Run the modules that can be run by themselves, in the order of their names; exit 1 if one failed."""
    failed = []
    for path in sorted(FOLDER.glob("[!_]*.py")):
        if '__name__ == "__main__"' in path.read_text("utf-8"):
            command = [sys.executable, "-m", f"benchmarks.{path.stem}", *sys.argv[1:]]
            if subprocess.run(command, cwd=FOLDER.parent, check=False).returncode:
                failed.append(path.stem)
    sys.exit(f"These benchmarks failed: {', '.join(failed)}." if failed else 0)


if __name__ == "__main__":
    main()
