"""`serve`: the site of a data folder as it is being written, in a browser on this machine.

`watch` sees what was saved; `worker`, a process of its own, keeps mkdocs loaded and builds; `builder` asks it and starts it anew when
the programs change; `server` answers the browser at once, whatever the worker is doing.  docs/decisions/0025 says why.
"""
