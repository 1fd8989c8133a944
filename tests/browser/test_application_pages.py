"""Every page on which a business applies, and reads how its application stands, holds no barrier."""

import uuid
from dataclasses import dataclass

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from matchmaking.applications import issue_application_link
from matchmaking.models import Application
from tests.browser.actions import assert_accessible
from tests.browser.conftest import OPEN_PAGE
from tests.curations import CurationScene, make_curation
from tests.factories import (
    ApplicationFactory,
    BusinessFactory,
    ConsentFactory,
    CurationFactory,
    DelegationFactory,
)
from tests.holders import LinkHolder, holder_of

pytestmark = pytest.mark.django_db(transaction=True)
LONG_REASON = "Kapasitas belum mencukupi untuk pesanan tetap; ikut lagi sesudah izin edar terbit"
RESULTS: list[dict[str, object]] = [
    {},
    {"state": "chosen", "decision": "chosen", "reason": "Nilai tertinggi"},
    {"state": "reserve", "decision": "reserve", "reserve_number": 12, "reason": LONG_REASON},
    {"state": "chosen", "decision": "reserve", "reserve_number": 1, "reason": LONG_REASON},
    {"state": "refused", "decision": "refused", "reason": LONG_REASON},
    {"state": "withdrawn"},
]
"""One application for each way in which it can stand."""


@dataclass
class Applicant:
    """A business with a link, one application of every kind, and a delegation it may apply for."""

    holder: LinkHolder
    scene: CurationScene
    applications: list[Application]
    public: Application
    form: str

    def paths(self) -> list[str]:
        """Return the pages of the link and those without an account."""
        receipt = reverse("matchmaking:application_receipt", args=[self.public.form_token])
        closed = reverse("matchmaking:application_new", args=["tautan-yang-salah"])
        return [self.holder.path("link_applications"), receipt, self.form, closed]


@pytest.fixture
def applicant(reference_data: None) -> Applicant:
    scene = make_curation(state="open", applicants=0)
    business = BusinessFactory(office=scene.contact.guest.office, name="Keripik Singkong Bu Tini")
    applications = [
        ApplicationFactory(
            curation=CurationFactory(delegation=DelegationFactory(office=business.office)),
            business=business,
            **result,
        )
        for result in RESULTS
    ]
    _, token = issue_application_link(actor=scene.actor, curation=scene.curation, now=timezone.now())
    return Applicant(
        holder=holder_of(business),
        scene=scene,
        applications=applications,
        public=ApplicationFactory(
            **RESULTS[3],
            source="public",
            form_token=uuid.uuid4(),
            consent=ConsentFactory(purpose="application"),
        ),
        form=reverse("matchmaking:application_new", args=[token]),
    )


def assert_fits(page: Page, width: int) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
    assert_accessible(page)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_fit_the_screen_and_are_accessible(
    open_page: OPEN_PAGE, applicant: Applicant, language: str, width: int, scheme: str
) -> None:
    page = open_page(
        viewport={"width": width, "height": 740},
        color_scheme=scheme,
        locale={"id": "id-ID", "en": "en-US"}[language],
    )

    for path in applicant.paths():
        page.goto(path)
        assert page.locator("html").get_attribute("lang") == language
        assert_fits(page, width)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_mistakes_of_the_form_are_accessible(open_page: OPEN_PAGE, applicant: Applicant, scheme: str) -> None:
    page = open_page(viewport={"width": 360, "height": 740}, color_scheme=scheme)

    page.goto(applicant.form)
    page.get_by_role("button", name="Daftar", exact=True).click()

    expect(page.get_by_text("Tulis nama usaha Anda.").first).to_be_visible()
    assert_fits(page, 360)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_answers_behind_the_link_are_accessible(
    open_page: OPEN_PAGE, applicant: Applicant, scheme: str
) -> None:
    page = open_page(viewport={"width": 360, "height": 740}, color_scheme=scheme)

    page.goto(applicant.holder.path("link_applications"))
    page.get_by_role("button", name="Saya setuju dan ikut mendaftar").first.click()
    expect(page.get_by_text("Terima kasih. Pendaftaran Anda tercatat.")).to_be_visible()
    assert_fits(page, 360)

    page.goto(applicant.holder.path("link_withdraw", applicant.applications[1].pk))
    assert_fits(page, 360)
    page.get_by_role("button", name="Ya, saya mengundurkan diri").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    assert_fits(page, 360)
