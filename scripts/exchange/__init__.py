"""What goes to people and comes back from them: workbooks, uploads, templates of records, plans from outside."""
