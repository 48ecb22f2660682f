"""What readers take away: one folder of tables per plan, the API, and what describes both.

Everything here reads the tidy tables of `scripts.tables`, so that no two downloads can disagree.

    edition    one plan as it goes out        csv_files, workbook, package    its files
    cells      how a value is written         shapes, api                     its answers in JSON
    catalogue  all of them, made once
"""
