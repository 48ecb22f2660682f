"""A 任务分解表 from outside into the contract: files in, neutral tables between, a folder of YAML out.

docx_reader, xlsx_reader and text_reader know file formats and nothing else; `tables` and `main_text` know how such documents are
laid out; `drafts` turns what was read into the contract and marks what a person has to look at; `writing` writes it down.
"""
