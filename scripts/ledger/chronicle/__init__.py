"""What happened in public, as one list: read by 改过什么, 更新记录, feeds and the API, so that they cannot tell different stories."""
