"""What became of the pairs of the demonstration's return visit, one function a story; all of it invented."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matchmaking.demo.deals import Deal, Kind, Level, Says
from matchmaking.models import Confirmation, Reason, Sample
from matchmaking.models.followups import FollowUp

Band, Verdict = Confirmation.Band, Sample.Verdict
STILL, ORDERED, STOPPED = FollowUp.Answer.STILL, FollowUp.Answer.ORDERED, FollowUp.Answer.STOPPED
News = Sequence[FollowUp.Answer | None]


@dataclass(frozen=True)
class Story:
    """Who sold what to whom, what happened, and what the seller answered after 7, 30 and 90 days."""

    seller: str
    buyer: str
    product: str
    tell: Callable[[Deal], None]
    news: News = (STILL, STILL, STILL)

    @property
    def couple(self) -> tuple[str, str]:
        return self.seller, self.buyer


def shoes(deal: Deal) -> None:
    """From a sample that came in a poor box to a second order."""
    first = deal.send_sample("Satu pasang pantofel nomor 41", after=2)
    deal.judge(first, Verdict.CHANGE, "Sepatunya baik, kotaknya penyok.", after=9, lacking=Reason.PACKAGING)
    second = deal.send_sample("Satu pasang lagi, kotak berlapis", after=12)
    deal.judge(second, Verdict.GOOD, "Kotaknya sekarang kuat.", after=18)
    loi = deal.record(Level.LOI, 30_000_000, after=20, document="LoI 03/TTL")
    deal.hear(loi, Says.AGREE, after=21, without_office=Band.NONE)
    order = deal.record(Level.ORDER, 12_000_000, after=24, document="PO 017/TTL", grew_from=loi)
    deal.hear(order, Says.AGREE, after=25, without_office=Band.SOME)
    paid = deal.record(Level.REALISED, 11_400_000, after=46, document="KW 0231", grew_from=order)
    deal.hear(paid, Says.AGREE, after=47, without_office=Band.SOME)
    deal.record(Level.ORDER, 8_000_000, after=74, document="PO 029/TTL")


def boxes(deal: Deal) -> None:
    """The cheaper of two quotes; the buyer remembers a smaller amount than the seller."""
    deal.quote("Dus kue cetak satu warna, 2.000 buah sebulan", 2_150, 2_000, after=5, terms="Cetak gratis")
    order = deal.record(Level.ORDER, 4_300_000, after=12, document="PO 88/RKP")
    deal.hear(order, Says.AGREE, after=13, without_office=Band.SOME)
    paid = deal.record(Level.REALISED, 4_300_000, after=28, document="KW 1107", grew_from=order)
    deal.hear(paid, Says.OTHER_AMOUNT, after=30, amount_rupiah=4_100_000, note="Ongkos kirim kami tanggung.")


def cardboard(deal: Deal) -> None:
    """The quote that was not taken."""
    deal.quote("Dus kue cetak satu warna, 2.000 buah sebulan", 3_450, 2_000, after=6)
    deal.close(Reason.PRICE, "Pembeli memilih penawaran lain.", after=14)


def cotton(deal: Deal) -> None:
    """Cloth for batik, the largest deal of the visit."""
    sample = deal.send_sample("Dua meter primissima", after=1)
    deal.judge(sample, Verdict.GOOD, "Menyerap malam dengan baik.", after=8)
    loi = deal.record(Level.LOI, 47_250_000, after=15, document="LoI 01/BCW")
    deal.hear(loi, Says.AGREE, after=16, without_office=Band.MOST)
    order = deal.record(Level.ORDER, 23_625_000, after=30, document="PO 05/BCW", grew_from=loi)
    deal.hear(order, Says.AGREE, after=31, without_office=Band.SOME)
    paid = deal.record(Level.REALISED, 23_625_000, after=50, document="KW 77", grew_from=order)
    deal.hear(paid, Says.AGREE, after=52, without_office=Band.SOME)


def batik(deal: Deal) -> None:
    """Stamped cloth for uniforms, from Surakarta to Bandung; half of it is paid."""
    order = deal.record(Level.ORDER, 14_500_000, after=21, document="PO 12/LSB")
    deal.hear(order, Says.AGREE, after=23, without_office=Band.NONE)
    deal.record(Level.REALISED, 7_250_000, after=60, document="KW 410", grew_from=order)


def dyes(deal: Deal) -> None:
    """Dyes for a weaver, bought again before long."""
    order = deal.record(Level.ORDER, 1_880_000, after=10, document="PO 3/TLA")
    deal.hear(order, Says.AGREE, after=11, without_office=Band.ALL)
    paid = deal.record(Level.REALISED, 1_880_000, after=17, document="KW 52", grew_from=order)
    deal.hear(paid, Says.AGREE, after=18, without_office=Band.ALL)
    again = deal.record(Level.ORDER, 2_820_000, after=62, document="PO 9/TLA")
    deal.hear(again, Says.AGREE, after=63, without_office=Band.ALL)


def crisps(deal: Deal) -> None:
    """Goods on consignment: four fifths were sold, and a second lot is on the shelf."""
    lot = deal.record(
        Level.ORDER, 4_500_000, after=9, kind=Kind.CONSIGNMENT, settlement_days=30, document="TJ 01/SM"
    )
    deal.hear(lot, Says.AGREE, after=10, without_office=Band.NONE)
    paid = deal.record(
        Level.REALISED,
        3_600_000,
        after=39,
        kind=Kind.CONSIGNMENT,
        unsold_rupiah=900_000,
        document="KW 19",
        grew_from=lot,
    )
    deal.hear(paid, Says.AGREE, after=40, without_office=Band.NONE)
    deal.record(
        Level.ORDER, 2_700_000, after=80, kind=Kind.CONSIGNMENT, settlement_days=30, document="TJ 02/SM"
    )


def sweets(deal: Deal) -> None:
    """An order of which the buyer knows nothing."""
    order = deal.record(Level.ORDER, 6_840_000, after=33, document="PO tanpa nomor")
    deal.hear(order, Says.DISPUTE, after=36, note="Kami hanya minta daftar harga, belum memesan.")


def lamps(deal: Deal) -> None:
    """A potential that nobody confirmed, past its limit by now."""
    deal.record(Level.POTENTIAL, 14_600_000, after=0)


def coffee(deal: Deal) -> None:
    """A potential that the hotel confirmed, and a letter of intent that waits for its word."""
    hoped = deal.record(Level.POTENTIAL, 9_300_000, after=0)
    deal.hear(hoped, Says.AGREE, after=4, without_office=Band.MOST)
    deal.record(Level.LOI, 7_440_000, after=58, document="LoI 11/HTB")


def sauce(deal: Deal) -> None:
    """Ended since a certificate is missing, which the office helps with."""
    deal.send_sample("Enam botol sambal cibiuk", after=3)
    deal.close(Reason.HALAL, "Swalayan menerima setelah sertifikat halal terbit.", after=16)


def puppets(deal: Deal) -> None:
    """Ended by the seller's own answer after thirty days."""


def tea(deal: Deal) -> None:
    """Met, and not heard of since."""


def towels(deal: Deal) -> None:
    """The hotel wants more than the maker can sew in a month."""
    deal.close(Reason.CAPACITY, "Hotel perlu 900 set sebulan.", after=12)


STORIES = (
    Story(
        "Jejak Lembayung",
        "Toko Sepatu Tiga Langkah",
        "Sepatu pantofel pria kulit sapi “Wira”",
        shoes,
        (STILL, ORDERED, ORDERED),
    ),
    Story(
        "Kotak Rapi",
        "Roti Kukus Purwa",
        "Dus kue food grade cetak satu warna 20 × 20 cm",
        boxes,
        (ORDERED, ORDERED, STILL),
    ),
    Story("Kardus Tegak Lurus", "Roti Kukus Purwa", "Kardus lipat mati 20 × 15 × 10 cm", cardboard),
    Story("Kapas Wetan", "Batik Canting Wening", "Kain katun primissima putih lebar 115 cm", cotton),
    Story(
        "Batik Cap Soga Pitu",
        "Linen dan Seragam Bojong Asri",
        "Kain batik cap seragam, motif pesanan 2 m",
        batik,
        (STILL, ORDERED, None),
    ),
    Story("Malam dan Warna Sogan", "Tenun Lawang Angin", "Zat warna reaktif untuk katun", dyes),
    Story("Keripik Gandrung", "Oleh-Oleh Serambi Mangkubumen", "Keripik singkong pedas 200 g", crisps),
    Story(
        "Dodol Kabut Pagi",
        "Oleh-Oleh Pasar Rasa Nusukan",
        "Dodol stroberi 250 g",
        sweets,
        (STILL, ORDERED, None),
    ),
    Story("Lampu Kunang-Kunang", "Hotel Tepi Bengawan", "Lampu meja bambu ukir daun", lamps),
    Story("Kopi Kabut Tujuh", "Hotel Tepi Bengawan", "Kopi arabika bubuk 250 g, kemasan hadiah", coffee),
    Story("Sambal Pasundan Kecil", "Swalayan Sumber Pasar Gading", "Sambal cibiuk botol 150 ml", sauce),
    Story("Golek Cahaya Jati", "Galeri Wayang Senja", "Wayang golek ukuran 40 cm", puppets, (STILL, STOPPED)),
    Story("Teh Lereng Sunyi", "Katering Tumpeng Jembar", "Teh hijau celup 25 kantong", tea, (STILL, None)),
    Story(
        "Linen dan Seragam Bojong Asri",
        "Hotel Tepi Bengawan",
        "Seprai hotel katun putih 180 × 200 cm",
        towels,
    ),
)
