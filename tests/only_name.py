"""Only the name ``syncproof`` lands in site-packages: ``python tests/only_name.py SITE_PACKAGES``."""

import sys
from pathlib import Path

(record,) = Path(sys.argv[1]).glob("syncproof-*.dist-info/RECORD")
tops = {line.split("/")[0] for line in record.read_text().splitlines() if not line.startswith("..")}
foreign = {top for top in tops if top != "syncproof" and not top.startswith("syncproof-")}
if foreign:
    sys.exit(f"the wheel puts more than 'syncproof' into site-packages: {', '.join(sorted(foreign))}")
