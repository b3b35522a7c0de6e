"""May this change be released to these sites? Decided offline, from files.

:mod:`.sites` reads what a site's latest pack proves, :mod:`.pairs` holds each contract in use against its version here,
:mod:`.decision` puts both and the results of provider verification together, :mod:`.annotations` tells a pipeline.
"""
