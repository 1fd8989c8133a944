"""What the portal sends, and what it says."""

from django.urls import path

from outbox.views import messages, wordings

app_name = "outbox"
urlpatterns = [
    path("pesan/", messages.messages, name="messages"),
    path("pesan/kirim-ulang/", messages.messages_resend, name="messages_resend"),
    path("pesan/kalimat/", wordings.wordings, name="wordings"),
    path("pesan/kalimat/<slug:kind>/<slug:language>/", wordings.wording_edit, name="wording_edit"),
    path("pesan/kalimat/<slug:kind>/<slug:language>/bawaan/", wordings.wording_reset, name="wording_reset"),
    path("pesan/<int:message_id>/", messages.message_detail, name="message_detail"),
    path("pesan/<int:message_id>/kirim-ulang/", messages.message_resend, name="message_resend"),
    path("pesan/<int:message_id>/selesai/", messages.message_settle, name="message_settle"),
    path("pesan/<int:message_id>/sudah-dikirim/", messages.message_sent_by_hand, name="message_sent_by_hand"),
]
