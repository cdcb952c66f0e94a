"""A hospital's list from files to FHIR: by the command line, over HTTP, judged by the official models."""

import json
import unittest
import urllib.request

import pypdfium2
import zxingcpp
from chapter import NAMES, Chapter
from fhir.resources.R4B.bundle import Bundle
from installation import PUBLIC_URL, Installation

REQUIREMENTS = """\
hospital,hospital_name,version,key,kind,params,waivable,grace_days,told_by,learned_on,words,recheck_on
kings-bay,Kings Bay,KB-1,ibclc,credential,any_of=IBCLC,no,,unit manager,2026-03-02,"IBCLC, always",2027-03-02
kings-bay,,KB-1,insurance,liability,min_occurrence=1000000; min_aggregate=3000000,no,,,,,
kings-bay,,KB-1,languages,languages,any_of=en,,,,,,
"""
PAPERS = """\
member,type,attrs,issued,expires,status,verifier
{0},credential,cred=IBCLC; number=L-41207,2023-06-30,2028-06-30,verified,Ruth
{0},liability,per_occurrence=1000000; aggregate=3000000,2026-01-01,2099-12-31,verified,Ruth
{1},credential,cred=IBCLC; number=L-30544,2023-06-30,2028-06-30,verified,Ruth
{1},liability,per_occurrence=1000000; aggregate=1000000,2026-01-01,2099-12-31,verified,Ruth
"""


class Lists(unittest.TestCase):
    def test_a_list_is_made_from_files_and_passes_as_fhir(self):
        installation = Installation()
        self.addCleanup(installation.close)
        chapter = Chapter(1)
        installation.must("key", "generate", installation.key, config=False)
        chapter.found(installation, "http://127.0.0.1:9")
        of_chapter = ("--chapter", chapter.slug)
        ana, beth = NAMES[:2]

        def bring(what: str, content: str, *more: str):
            file = installation.folder / f"{what}.csv"
            file.write_text(content)
            return installation.run(what, "import", *of_chapter, file, "--json", *more)

        tried = bring("requirements", REQUIREMENTS, "--dry-run")
        self.assertEqual((tried.returncode, json.loads(tried.stdout)["added"]), (0, 1), tried.stderr)
        self.assertEqual(installation.must("hospital", "list", *of_chapter), "")
        bad = bring("requirements", REQUIREMENTS.replace("credential", "teleport"))
        self.assertEqual((bad.returncode, bad.stdout), (1, ""))
        self.assertIn("line 2, column params", bad.stderr)
        self.assertEqual(bring("requirements", REQUIREMENTS).returncode, 0)
        own = PAPERS.replace("verified,Ruth", f"verified,{ana}", 1).format(ana, beth)
        self.assertIn("nobody verifies her own papers", bring("evidence", own).stderr)
        brought = bring("evidence", PAPERS.format(ana, beth))
        self.assertEqual((brought.returncode, json.loads(brought.stdout)["added"]), (0, 4), brought.stderr)
        again = bring("evidence", installation.must("evidence", "export", *of_chapter))
        self.assertEqual(json.loads(again.stdout)["unchanged"], 4, again.stderr)

        standing = installation.must("hospital", "standing", *of_chapter, "--slug", "kings-bay")
        blocking = sorted(json.loads(line)["blocking"] for line in standing.splitlines())
        self.assertEqual(blocking, [[], ["ibclc", "insurance"], ["ibclc", "insurance"], ["ibclc", "insurance"], ["insurance"]])
        hospital = (*of_chapter, "--slug", "kings-bay")
        self.assertIn("edition 1: 1 on it", installation.must("hospital", "publish", *hospital))
        link = "/h/" + installation.must("hospital", "link", *hospital).strip().rsplit("/h/", 1)[1]

        installation.start()
        status, headers, page = installation.get(link)
        self.assertEqual(status, 200)
        self.assertIn(ana, page)
        self.assertNotIn(beth, page)
        status, headers, body = installation.get(f"{link}/list.fhir.json")
        self.assertEqual((status, headers.get_content_type()), (200, "application/fhir+json"))
        bundle = Bundle.model_validate_json(body)
        practitioner, role = (entry.resource for entry in bundle.entry)
        self.assertEqual((practitioner.get_resource_type(), role.get_resource_type()), ("Practitioner", "PractitionerRole"))
        self.assertEqual(practitioner.name[0].text, ana)
        self.assertEqual(role.practitioner.reference, bundle.entry[0].fullUrl)
        self.assertEqual(role.period.end.isoformat(), "2028-06-30")
        self.the_square_on_paper_leads_to_the_list(installation, link)
        token = chapter.token(installation)
        edition = installation.api("/hospitals/kings-bay/editions/current", token)
        self.assertEqual([entry["name"] for entry in edition["entries"]], [ana])
        self.assertEqual(installation.stop(), 0)
        log = installation.log.read_text()
        for personal in (ana, "L-41207", link):
            self.assertNotIn(personal, log)

    def the_square_on_paper_leads_to_the_list(self, installation: Installation, link: str):
        """The printed list, looked at as a phone's camera looks at it."""
        with urllib.request.urlopen(f"http://127.0.0.1:{installation.port}{link}/list.pdf") as answer:
            paper = pypdfium2.PdfDocument(answer.read())
        self.assertLessEqual(len(paper), 2)
        first = paper[0]
        self.assertIn(NAMES[0], first.get_textpage().get_text_range())
        squares = zxingcpp.read_barcodes(first.render(scale=3).to_pil())
        self.assertEqual([square.text for square in squares], [PUBLIC_URL + link])


if __name__ == "__main__":
    unittest.main()
