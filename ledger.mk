# What whoever keeps a county's data calls.  The program's own Makefile includes this file, and so does the one in a county's own
# repository, from the clone of the program that it names (.ledger): a target comes with the version.  `make site` installs what it needs
# into .venv, pinned by hash.
PYTHON ?= python3
LEDGER := $(patsubst %/,%,$(dir $(lastword $(MAKEFILE_LIST))))
VENV   := .venv
PY     := $(VENV)/bin/python
export NO_MKDOCS_2_WARNING = 1
export PYTHONUTF8 = 1

.PHONY: help site check guard changes serve publishable publish permalinks hook clean

help:            ## 有哪些命令
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

site: $(VENV)/.site   ## 检查数据，生成网站（DATA=文件夹 OUT=文件夹 AS_OF=年-月-日 BASE_URL=https://…）
	@$(PY) -m scripts site

check: $(VENV)/.site  ## 检查数据，列出全部错误（DATA=文件夹 FORMAT=github ALL=1：逐处列出提醒）
	@$(PY) -m scripts check

guard: $(VENV)/.site  ## 查已公布的内容有没有被改、被删、被改名（BASE=origin/main，或 PUBLISHED=提交）
	@$(PY) -m scripts guard

changes: $(VENV)/.site  ## 公众会看到什么变化（BASE=origin/main AS_OF=年-月-日）
	@$(PY) -m scripts changes

.PHONY: workbook request
workbook: $(VENV)/.site  ## 收 uploads/ 里的填报表，有一处不对就一份也不收；新记录放在 taken/（BASE=origin/main）
	@$(PY) -m scripts sheet take uploads --taken taken

request: $(VENV)/.site  ## 把 taken/ 推成新分支，提成合并请求（BRANCH=分支 MAIN=main UPLOADED=分支；要有 gh，工作流用）
	@gh auth setup-git
	@$(PY) -m scripts sheet request taken --branch "$$BRANCH"
	@gh pr create --base "$$MAIN" --head "$$BRANCH" --title "从上传的表收的记录" --body-file taken/request.md
	@$(PY) -m scripts sheet clear --uploaded "$$UPLOADED"

.PHONY: clerk issue answer
clerk:           ## 写议题（issue）的人能不能改这个仓库：may=yes 或 no（要有 gh，工作流用）
	@PYTHONPATH=$(LEDGER) $(PYTHON) -m scripts.exchange.intake.clerk "$$GITHUB_EVENT_PATH" "$$GITHUB_REPOSITORY" "$$GITHUB_OUTPUT"

issue: $(VENV)/.site   ## 收议题里填好的一条记录；记录或者哪里不对，放在 taken/（工作流用）
	@$(PY) -m scripts issue take --taken taken

answer: $(VENV)/.site  ## 把 taken/ 提成合并请求，在议题下面回话（MAIN=main；要有 gh，工作流用）
	@gh auth setup-git
	@$(PY) -m scripts issue answer taken --main "$$MAIN"

.PHONY: nightly idle
nightly:         ## 启动公布的工作流（MAIN=main；要有 gh，每天零点的工作流用）
	@gh workflow run publish.yml --ref "$$MAIN"

idle: $(VENV)/.site   ## 多少天没有提交了；快要被停掉每天的更新时报错（工作流用）
	@$(PY) -m scripts idle

hook: $(VENV)/.site   ## 让 git 每次提交以前先检查数据
	@$(PY) -m scripts hook

publishable: $(VENV)/.site  ## 能不能正式公布：有没有写明谁办、怎么联系、放在哪里（DATA=文件夹 BASE_URL=https://…）
	@$(PY) -m scripts publishable

publish: $(VENV)/.site ## 先查能不能正式公布，再生成网站（工作流用）
	@$(PY) -m scripts publishable
	@$(PY) -m scripts site

.PHONY: manifest published
manifest: $(VENV)/.site  ## 网站清单的校验值（OUT=文件夹；工作流用）
	@$(PY) -m scripts published hash

published: $(VENV)/.site  ## 把这次公布记进公布日志，推上去（MANIFEST=校验值；要有 gh，工作流用）
	@gh auth setup-git
	@$(PY) -m scripts published record --manifest "$$MANIFEST"

serve: $(VENV)/.site  ## 在本机预览，一保存就更新：http://127.0.0.1:8000（PORT=8001 DATA=文件夹）
	@$(PY) -m scripts serve

permalinks: $(VENV)/.site  ## 登记新网址；给出过的网址一个也不去掉
	@$(PY) -m scripts permalinks

clean:           ## 删去生成的网站和装好的东西
	rm -rf site site-demo $(VENV)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11, 2) and "要 Python 3.11.2 或更新的版本，现在的是 " + sys.version.split()[0] + "。")'
	@echo "正在建一个专用的 Python 环境：$(VENV) ……"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.site: $(LEDGER)/requirements.lock | $(VENV)/bin/python
	@echo "正在装生成网站要用的东西（照锁定的校验值） ……"
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r $(LEDGER)/requirements.lock
	@touch $@

# In a county's own repository `python -m scripts` finds the program in its clone: beside the packages a line says where it lies, counted from there.
ifneq ($(LEDGER),.)
$(VENV)/.site: | $(VENV)/.ledger
$(VENV)/.ledger: | $(VENV)/bin/python
	@for packages in $(VENV)/lib/python3*/site-packages; do echo ../../../../$(LEDGER) >$$packages/ledger.pth; done
	@touch $@
endif
