"""The words that invented businesses and products are made of, by sector. All names are made up."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Trade:
    """How the goods of a sector are named and sold; ``price`` is the middle one in rupiah for one unit."""

    firms: tuple[str, ...]
    qualities: tuple[str, ...]
    sizes: tuple[str, ...]
    units: tuple[str, ...]
    price: int
    orders: tuple[int, ...]
    certificates: tuple[tuple[str, float], ...] = ()


FOOD = (("pirt", 0.45), ("halal", 0.5), ("bpom", 0.05), ("brand", 0.06))
GOODS = (("brand", 0.08), ("sni", 0.03))
TRADES = {
    "sepatu-dan-kulit": Trade(
        ("Bengkel Sepatu", "Kulit", "Langkah", "Tapak", "Sol"),
        (
            "kulit sapi",
            "kulit domba",
            "kanvas",
            "jahit tangan",
            "samak nabati",
            "ringan",
            "klasik",
            "antiselip",
        ),
        ("cokelat", "hitam", "krem", "merah bata", "dua warna", ""),
        ("pasang", "pasang", "buah"),
        185_000,
        (6, 12, 20, 24, 40, 100),
        GOODS,
    ),
    "tekstil-dan-busana": Trade(
        ("Konveksi", "Rumah Jahit", "Tenun", "Griya Busana", "Benang"),
        (
            "katun",
            "rayon",
            "linen",
            "bordir",
            "motif parang",
            "motif kawung",
            "polos",
            "serat bambu",
            "dua lapis",
        ),
        ("S–XL", "biru nila", "soga", "putih gading", "hijau daun", ""),
        ("lembar", "buah", "meter", "kodi"),
        95_000,
        (1, 10, 12, 20, 50, 100),
        GOODS,
    ),
    "kriya": Trade(
        ("Sanggar", "Griya Kriya", "Anyaman", "Ukir", "Rumah Kriya"),
        ("jati", "mendong", "pandan", "bambu wulung", "tembaga", "ukir tangan", "warna alam", "minimalis"),
        ("kecil", "sedang", "besar", "isi 3", "custom", ""),
        ("buah", "set", "lusin"),
        75_000,
        (1, 5, 10, 25, 50),
        GOODS,
    ),
    "kuliner": Trade(
        ("Dapur", "Camilan", "Rasa", "Warung", "Olahan"),
        ("original", "pedas", "balado", "gurih", "manis", "daun jeruk", "keju", "bawang", "tanpa pengawet"),
        ("100 g", "150 g", "250 g", "500 g", "1 kg", "kemasan ekonomis"),
        ("bungkus", "dus", "kilogram", "botol"),
        18_000,
        (1, 10, 20, 24, 50, 100, 200),
        FOOD,
    ),
    "bahan-pangan": Trade(
        ("Kebun", "Tani", "Lumbung", "Panen", "Hasil Bumi"),
        ("pilihan", "organik", "kering", "segar", "giling halus", "kualitas A", "panen raya"),
        ("1 kg", "5 kg", "25 kg", "50 kg", "curah", ""),
        ("kilogram", "karung", "ton", "liter"),
        24_000,
        (5, 10, 25, 50, 100, 500),
        FOOD,
    ),
    "kemasan": Trade(
        ("Kemasan", "Kotak", "Karton", "Cetak Kemas", "Wadah"),
        ("food grade", "kraft", "laminasi doff", "cetak satu warna", "tebal", "polos", "daur ulang"),
        ("kecil", "sedang", "besar", "16 × 24 cm", "20 × 30 cm", ""),
        ("buah", "lembar", "bal"),
        1_800,
        (100, 200, 500, 1_000, 3_000, 5_000),
        GOODS,
    ),
    "mebel-dan-kayu": Trade(
        ("Mebel", "Kayu", "Rotan", "Ukir Jati", "Papan"),
        ("jati", "mahoni", "trembesi", "rotan alam", "kayu jati belanda", "finishing natural", "lipat"),
        ("60 cm", "80 cm", "120 cm", "dua dudukan", "tiga dudukan", ""),
        ("buah", "set", "meter_kubik"),
        780_000,
        (1, 2, 4, 10, 20),
        GOODS,
    ),
    "herbal-dan-kosmetik": Trade(
        ("Jamu", "Herbal", "Sabun", "Lulur", "Atsiri"),
        ("kunyit asam", "serai wangi", "temulawak", "kelor", "zaitun", "rempah", "lidah buaya"),
        ("10 ml", "60 ml", "100 ml", "100 g", "isi 10", ""),
        ("botol", "bungkus", "buah"),
        32_000,
        (6, 12, 24, 50, 100),
        FOOD,
    ),
}
OTHER = Trade(
    ("Usaha", "Karya", "Mitra", "Bina", "Cipta"),
    ("cepat", "presisi", "standar", "khusus", "berlangganan", "kualitas ekspor"),
    ("kecil", "sedang", "besar", "isi 10", "paket", ""),
    ("buah", "paket", "set", "kilogram"), 60_000, (1, 5, 10, 50, 100), GOODS,
)  # fmt: skip

FIRST = (
    "Lembayung", "Embun", "Awan", "Rimba", "Surya", "Kidung", "Mega", "Tirta", "Puspa", "Cakra", "Nirwana",
    "Seruni", "Melati", "Cempaka", "Bayu", "Galuh", "Ranting", "Kembang", "Sinar", "Batu", "Ombak", "Lentera",
    "Sekar", "Wangi", "Bumi", "Jalak", "Kutilang", "Merak", "Teratai", "Pelangi", "Fajar", "Senja", "Kenari",
    "Angsana", "Randu", "Gendis", "Arum", "Dahlia", "Pandan", "Kunang", "Rembulan", "Bintang", "Sungai",
)  # fmt: skip
SECOND = (
    "Teduh", "Jaya Rasa", "Wetan", "Kulon", "Lestari", "Sari", "Mandiri", "Asri", "Pagi", "Sejuk", "Utama",
    "Kencana", "Rahayu", "Sentosa", "Bahagia", "Tujuh", "Dua Saudara", "Ibu Ratmi", "Pak Darman", "Hulu",
    "Hilir", "Selatan", "Timur", "Sederhana", "Makmur Kita", "Harapan", "Bersama", "Ceria", "Nusa", "Indah",
    "Permai", "Gemilang", "Anyar", "Kidul", "Lor", "Mekar", "Tani", "Setia", "Wening", "Abadi Kita",
)  # fmt: skip
SERIES = (
    "Seri Ratna",
    "Seri Wira",
    "Seri Danu",
    "Seri Laras",
    "Seri Kirana",
    "Seri Bima",
    "",
    "",
    "",
    "",
    "",
)
STORIES = (
    "Dibuat sendiri oleh tetangga sekampung.",
    "Bahan dari petani di sekitar kami.",
    "Contoh dikirim dalam tiga hari.",
    "Boleh dengan merek pemesan.",
    "Warna dan ukuran dapat dipesan.",
    "Dikemas rapi, tahan perjalanan jauh.",
    "Cocok untuk oleh-oleh dan hotel.",
    "Siap untuk pesanan rutin setiap bulan.",
)
PROVINCE_WEIGHTS = {
    "31": 60, "32": 165, "33": 155, "34": 45, "35": 170, "36": 55, "51": 45, "12": 42, "73": 36, "13": 30,
    "16": 24, "18": 24, "14": 22, "52": 20, "61": 15, "63": 16, "64": 15, "71": 12, "53": 12, "11": 14,
    "15": 12, "21": 9, "17": 8, "19": 7, "62": 8, "65": 4, "72": 10, "74": 9, "75": 5, "76": 5, "81": 5,
    "82": 4, "91": 4, "92": 2, "93": 1.5, "94": 2, "95": 1, "96": 1.5,
}  # fmt: skip
"""How many of 1,100 businesses stand in a province: most on Java, few in Papua."""
