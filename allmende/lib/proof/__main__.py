"""`python -m allmende.lib.proof 17.zip --vkey …`: the check of a proof from a checkout, with the packages of requirements/verify.txt."""

import sys

from allmende.lib.proof.command import main

sys.exit(main(sys.argv[1:], program="python -m allmende.lib.proof"))
