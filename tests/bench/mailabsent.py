"""The absences of absences.ndjson as mails, as their programs send them.

	mailabsent.py ABSENCES.NDJSON DIR

Writes DIR/NNNN.eml, each with a quotation of our mail below where its program
quotes, and DIR/expect.ndjson.
"""
import base64
import datetime
import json
import os
import sys

HEADERS = {
	"exchange": ["Auto-Submitted: auto-generated",
	    "X-MS-Exchange-Inbox-Rules-Loop: ann@x.example",
	    "X-Auto-Response-Suppress: All"],
	"vacation": ["Auto-Submitted: auto-replied (vacation)",
	    "Precedence: bulk"],
	"xauto": ["X-Autoreply: yes", "Return-Path: <>"],
	"precedence": ["Precedence: junk"],
	"none": [],
}
OURS = ("> On 3 March we said: shall we talk on 12 March 2026?\n"
    "> Don't want these emails? Unsubscribe: https://fu.example.com/u/abc\n")


def word(text):
	if text.isascii():
		return text
	return "=?utf-8?B?%s?=" % base64.b64encode(text.encode()).decode()


def main():
	source, folder = sys.argv[1:3]
	os.makedirs(folder, exist_ok=True)
	with open(source, encoding="utf-8") as f:
		rows = [json.loads(line) for line in f]
	with open(folder + "/expect.ndjson", "w", encoding="utf-8") as out:
		for i, row in enumerate(rows):
			text = row["text"]
			if row["by"] == "vacation":
				text += "\n\n" + OURS
			when = datetime.datetime.fromisoformat(row["sent"])
			head = ["From: Ann Lee <ann@x.example>",
			    "To: ada@example.com",
			    "Subject: " + word(row["subject"]),
			    "Date: " + when.strftime(
			    "%a, %d %b %Y %H:%M:%S %z"),
			    "Message-ID: <away-%03d@x.example>" % i,
			    "In-Reply-To: <1@example.com>",
			    "MIME-Version: 1.0",
			    "Content-Type: text/plain; charset=utf-8",
			    "Content-Transfer-Encoding: base64"]
			head += HEADERS[row["by"]]
			body = base64.encodebytes(text.encode()).decode()
			with open("%s/%03d.eml" % (folder, i), "w") as f:
				f.write("\n".join(head) + "\n\n" + body)
			row["id"] = "<away-%03d@x.example>" % i
			out.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
	main()
