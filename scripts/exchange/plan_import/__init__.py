"""A 任务分解表 from outside into the contract: files in, neutral tables between, a folder of YAML out.

`docx_reader`, `xlsx_reader` and `text_reader` know file formats and nothing else; `tables` and `main_text` know how such documents are laid
out; `drafts` knows the contract; `writing` and `settle` write it.
"""
