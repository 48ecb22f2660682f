"""`serve`: the site of a data folder as it is being written, in a browser on this machine.

`watch` sees what was saved; `worker`, a process of its own, keeps mkdocs loaded and builds; `builder` asks it and starts it anew when
the programs change; `server` answers the browser, and its page asks whether there is something new.
"""
