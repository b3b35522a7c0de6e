"""Makes HTTP calls of every process that finds this folder in its path late by chance, two of three by nothing: what
a scenario takes for done, when it only is done as a rule, comes out."""

import http.client
import random
import time

SECONDS = 0.05
_put = http.client.HTTPConnection.putrequest


def _late(self, *args, **options):
    time.sleep(random.choice((0.0, 0.0, random.uniform(0.0, SECONDS))))
    _put(self, *args, **options)


http.client.HTTPConnection.putrequest = _late
