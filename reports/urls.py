"""Numbers of the offices and the rows behind them."""

from django.urls import path

from reports.views import balances, councils, downloads, equities, funnels, ledgers

app_name = "reports"
urlpatterns = [
    path("", councils.overview, name="overview"),
    path("buku/", ledgers.ledger, name="ledger"),
    path("buku/baris/", ledgers.ledger_rows, name="ledger_rows"),
    path("buku/unduh/<slug:extension>/", downloads.ledger_export, name="ledger_export"),
    path("corong/", funnels.funnel, name="funnel"),
    path("corong/pasangan/", funnels.funnel_rows, name="funnel_rows"),
    path("corong/unduh/<slug:extension>/", downloads.funnel_export, name="funnel_export"),
    path("neraca/", balances.balance, name="balance"),
    path("neraca/unduh/<slug:extension>/", downloads.balance_export, name="balance_export"),
    path("pemerataan/", equities.equity, name="equity"),
    path("pemerataan/baris/", equities.equity_rows, name="equity_rows"),
    path("pemerataan/unduh/<slug:extension>/", downloads.equity_export, name="equity_export"),
    path("dprd/<slug:slug>/", councils.council, name="council"),
    path("dprd/<slug:slug>/unduh/<slug:extension>/", downloads.council_export, name="council_export"),
]
