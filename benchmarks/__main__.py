"""Run every benchmark, each alone in a process of its own: ``python -m benchmarks [--json]``."""

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


def runnable() -> list[str]:
    """Return the modules with a main part and the packages that have such a module, by name."""
    packages = [path.parent.name for path in FOLDER.glob("*/__main__.py")]
    modules = [
        path.stem for path in FOLDER.glob("[!_]*.py") if '__name__ == "__main__"' in path.read_text("utf-8")
    ]
    return sorted(packages + modules)


def main() -> None:
    """Run what can be run by itself, in the order of the names; exit 1 if one failed."""
    failed = []
    for name in runnable():
        command = [sys.executable, "-m", f"benchmarks.{name}", *sys.argv[1:]]
        if subprocess.run(command, cwd=FOLDER.parent, check=False).returncode:
            failed.append(name)
    sys.exit(f"These benchmarks failed: {', '.join(failed)}." if failed else 0)


if __name__ == "__main__":
    main()
