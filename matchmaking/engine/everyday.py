"""Everyday words that mean the same in trade: who keeps a ``warung`` is in ``dagang``, a ``taylor`` sews.

Own work from general knowledge of Indonesian (and some English) and the titles of KBLI 2025; it was
not made from any list that the house measures with.
"""

import re
from functools import cache

from matchmaking.engine.stems import roots_of

GROUPS = """
dagang: jual beli eceran toko kios warung lapak grosir agen distributor kelontong minimarket supermarket
    swalayan mart store shop retail sembako pengecer outlet butik gerai distro
kedai: warung kafe cafe restoran resto depot kantin lesehan angkringan warkop foodcourt bakso soto sate nasi
    bistro
minuman: minum jus es kopi teh boba kafe milkshake susu sirup cendol dawet
keliling: gerobak asongan pikulan tenda
makanan: makan kuliner boga camilan cemilan jajanan jajan snack lauk masakan hidangan food santapan nasi
camilan: cemilan snack jajanan keripik kripik kerupuk krupuk emping basreng
boga: katering catering prasmanan rantangan tumpeng pesta hajatan
bakeri: roti bakery kue cake donat bolu brownies biskuit pastri
kue: jajanan basah lapis klepon lemper nagasari bolu risol lumpia serabi bika
keripik: kripik kerupuk krupuk rempeyek peyek rengginang rangginang opak emping
dodol: jenang wajik lempok
konfeksi: konveksi garmen pakaian sandang baju kemeja kaos kaus celana seragam jaket busana fashion fesyen
    gamis kebaya daster clothing apparel
jahit: penjahit tailor modiste taylor obras permak vermak bordir konveksi
sepatu: sandal kets pantofel sneaker sendal footwear selop
tas: dompet koper ransel tote goodie pouch clutch
perhiasan: emas perak cincin kalung gelang anting berlian mutiara
kosmetik: kecantikan skincare parfum bedak lipstik makeup beauty perawatan
cenderamata: cendera suvenir souvenir kenang merchandise kerajinan kriya handicraft hiasan pajangan
kerajinan: kriya anyaman ukiran keramik gerabah handmade bambu rotan
batik: lurik tenun sarung songket kain tekstil sprei gorden handuk taplak
cetak: percetakan sablon fotokopi printing offset spanduk banner undangan stiker brosur
mebel: furnitur furniture meubel lemari kursi meja sofa kusen
kemasan: kemas bungkus dus kardus kotak pouch botol box packaging plastik
reparasi: servis service bengkel perbaikan memperbaiki tukang pemeliharaan perawatan pasang tambal ganti
    betulkan
mobil: otomotif kendaraan kendara truk bus ban oli
motor: ojek matik honda yamaha
ojek: gojek grab ojol antar
angkutan: transportasi angkut travel becak bus delman bentor andong penumpang
kurir: ekspedisi antar kirim paket pos logistik cargo kargo jne
komputer: laptop notebook printer pc server hardware cpu
elektronik: televisi tv radio kulkas ac audio kipas setrika
komunikasi: handphone hp ponsel telepon seluler smartphone pulsa telekomunikasi
internet: wifi online web website situs digital jaringan daring
aplikasi: software program programmer coding developer sistem
gim: game games playstation konsol
cuci: laundry binatu penatu setrika dry pencucian doorsmeer steam
rambut: salon barbershop barber pangkas cukur
spa: pijat sauna refleksi massage urut lulur
kecantikan: salon facial rias kuku alis wajah nail
pemakaman: makam kubur jenazah krematorium ambulans
hotel: penginapan akomodasi menginap inap wisma losmen guesthouse resort motel hostel homestay villa vila
    kos pondok cottage bungalow kamar mess asrama
sewa: rental kontrakan kontrak persewaan menyewakan
bangunan: rumah gedung perumahan properti ruko apartemen developer kavling
kemah: perkemahan camping tenda karavan
pertanian: tani petani tanam bertani menanam bercocok budidaya kebun perkebunan ladang sawah panen
padi: beras gabah sawah
jagung: serealia gandum sorgum
sayuran: sayur bayam kangkung sawi kubis kol selada wortel tomat terung timun buncis
daun: bayam kangkung sawi kubis kol selada seledri
umbi: ubi singkong ketela kentang talas bawang wortel lobak
singkong: ketela tapioka
cabai: cabe lombok rawit
tropis: pisang mangga pepaya nanas durian rambutan manggis alpukat salak jambu nangka
jeruk: lemon nipis keprok
semusim: semangka melon blewah stroberi
rimpang: jahe kunyit kencur lengkuas temulawak jamu empon
herbal: jamu obat tradisional alam
rempah: lada merica pala cengkih cengkeh vanili kayumanis ketumbar
kakao: cokelat coklat
sawit: cpo
karet: getah lateks
bunga: mawar anggrek melati krisan kembang florist hias
benih: bibit pembenihan pembibitan semai penangkaran persemaian
pupuk: kompos organik pemupukan
ternak: peternakan hewan unggas sapi kambing domba ayam itik bebek kelinci
unggas: ayam itik bebek angsa puyuh kalkun entok burung
petelur: telur
pedaging: broiler potong
perah: susu
walet: sarang burung
lebah: madu
ikan: nelayan perikanan lele nila gurame mas bandeng kerapu udang kepiting tambak kolam budidaya keramba
laut: nelayan bahari pantai
payau: tambak bandeng udang
tawar: kolam lele nila gurame patin sungai danau waduk
tangkap: penangkapan nelayan memancing melaut jaring
hutan: kehutanan kayu reboisasi jati mahoni gaharu
listrik: pln pembangkit pltu plta plts genset panel surya
terbarukan: surya angin air hidro biomassa plts plta
gas: lpg elpiji tabung lng
bensin: bbm solar pertamina spbu pertalite pertamax minyak pom
air: galon pam pdam sumur minum
es: kristal balok
limbah: sampah buangan rongsokan bekas daur rongsok pengepul
logam: besi tembaga aluminium rongsok bekas
buku: penerbit majalah atlas novel penerbitan
koran: tabloid berita majalah
film: bioskop video sinema youtube movie
musik: lagu band rekaman studio orkes orkestra
seni: tari teater pertunjukan sanggar konser drama wayang
bank: perbankan atm tabungan bri bni bca mandiri
koperasi: simpan pinjam kredit ksp kud
pinjaman: kredit pembiayaan modal leasing pinjam dana
gadai: pegadaian menggadaikan
syariah: islam bmt baitul muamalat
pendidikan: sekolah kursus les bimbel belajar pelatihan pengajaran didik guru
dasar: sd sdn mi
pertama: smp smpn mts
atas: sma sman ma
kejuruan: smk smkn stm
tinggi: universitas institut akademi politeknik kampus kuliah stie
kanak: tk paud raudhatul ra
bermain: paud kb playgroup
penitipan: daycare tpa anak
islam: pesantren madrasah tpq mda ngaji mengaji quran iqra tahfiz musala masjid
agama: keagamaan gereja masjid vihara pura klenteng jemaat dakwah yayasan
kristen: katolik protestan santo gereja
negeri: pemerintah sdn smpn sman smkn negara daerah rsud
kesehatan: sehat klinik puskesmas dokter bidan medis rs rsud apotek
olahraga: senam renang futsal badminton basket fitness gym silat karate klub atlet
perpustakaan: pustaka arsip
sejarah: museum monumen candi makam cagar istana
organisasi: asosiasi ikatan himpunan persatuan perkumpulan serikat lembaga perhimpunan
buruh: pekerja serikat karyawan
politik: partai
internasional: kedutaan pbb unicef
kacamata: optik lensa
jam: arloji
besar: grosir distributor partai
produksi: pembuatan membuat industri pabrik pengolahan buat olah produsen pengrajin perajin
jasa: layanan pelayanan melayani
"""
"""A group on each line: its name, then the other words; a word may stand in several groups."""


def meanings_of(word: str) -> tuple[str, ...]:
    """Return the names of the groups a word belongs to, by itself or by its root; mostly none.

    >>> meanings_of("warung"), meanings_of("kemasannya"), meanings_of("bambang")
    (('dagang', 'kedai'), ('kemasan',), ())
    """
    known = _meanings()
    return known.get(word) or next((known[root] for root in roots_of(word) if root in known), ())


@cache
def _meanings() -> dict[str, tuple[str, ...]]:
    """Return the groups of each word, in the order of the table."""
    meanings: dict[str, list[str]] = {}
    for line in re.sub(r"\n +", " ", GROUPS.strip()).splitlines():
        name, words = line.split(":")
        for word in (name, *words.split()):
            meanings.setdefault(word, []).append(name)
    return {word: tuple(names) for word, names in meanings.items()}
