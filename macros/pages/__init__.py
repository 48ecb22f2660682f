"""What fills each kind of page: one function for each, from data to finished HTML; `registry` lists them."""
