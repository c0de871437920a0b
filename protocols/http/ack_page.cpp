#include "protocols/http/ack_page.hpp"

#include <algorithm>

#include "gateway/domain/text.hpp"
#include "protocols/http/form.hpp"
#include "protocols/http/page_style.hpp"

namespace siaga::http {
namespace asio = boost::asio;

namespace {

constexpr std::size_t note_bytes_max = 300;

std::string page(std::string_view title, std::string_view body) {
  std::string out = "<!doctype html><html lang=\"id\"><head><meta charset=\"utf-8\">";
  out += "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">";
  out += "<meta name=\"robots\" content=\"noindex\"><title>" + escaped(title) + "</title><style>";
  out += page_style;
  out += "</style></head><body><main><div class=\"card\">";
  out += body;
  out += "</div></main></body></html>";
  return out;
}

std::string paragraph(std::string_view kind, std::string_view text) {
  if (text.empty()) return "";
  return "<p class=\"" + std::string(kind) + "\">" + escaped(text) + "</p>";
}

std::string joined(std::initializer_list<std::string_view> words) {
  std::string out;
  for (auto const word : words) {
    if (word.empty()) continue;
    if (!out.empty()) out += " · ";
    out += word;
  }
  return out;
}

std::string bar(std::string_view level, std::string_view text) {
  if (text.empty()) return "";
  return "<div class=\"bar " + escaped(level) + "\">" + escaped(text) + "</div>";
}

// What colour tells at a glance; an exercise has one more, in a colour no real alert has.
std::string bars(LinkView const& view, std::string_view text) {
  auto const not_real = view.mark.empty() ? "" : view.mark + " · BUKAN KEJADIAN NYATA";
  return bar("mark", not_real) + bar(view.level, text);
}

// The first submit button is the one the enter key presses; disabled, it presses none.
constexpr char form[] = R"(<form method="post" autocomplete="off"><button disabled hidden></button>
<label for="code">Kode peringatan (lihat di email atau SMS)</label>
<input class="code" id="code" name="code" inputmode="numeric" pattern="[0-9]{4,5}" maxlength="5"
 required>
<label for="note">Catatan (boleh kosong)</label>
<input id="note" name="note" maxlength="100" placeholder="mis. menuju lokasi">
<div class="row"><button name="answer" value="accepted">SIAP</button>
<button class="no" name="answer" value="declined">TIDAK BISA</button></div></form>)";

std::string without_spaces(std::string_view typed) {
  std::string out;
  std::ranges::copy_if(typed, std::back_inserter(out),
                       [](char c) { return static_cast<unsigned char>(c) > ' '; });
  return out;
}

Response unknown_page() {
  return html(
      404,
      outcome_page("Tautan tidak dikenal",
                   "Periksa kembali tautan di email Anda, atau jawab lewat SMS dengan kodenya."));
}

// Nothing of the alert: whoever finds an old mail learns no more from it.
Response gone_page() {
  return html(410, outcome_page("Tautan sudah berakhir",
                                "Peringatan ini sudah selesai dan tidak ditampilkan lagi."));
}

std::string locked_text(std::string_view until) {
  return "Terlalu banyak kode salah. Tautan ini dikunci sampai " + std::string(until) +
         ". Jawab lewat SMS dengan kodenya, atau coba lagi setelah itu.";
}

Response locked_page(std::string_view until) {
  return html(429, outcome_page("Tautan dikunci", locked_text(until)));
}

Response busy_page() {
  return html(503, outcome_page("Belum tercatat",
                                "Sistem sedang sibuk. Coba lagi sebentar, atau jawab lewat SMS."));
}

asio::awaitable<Response> show(LinkDesk& desk, Request request, std::string complaint) {
  auto const view = co_await desk.view(std::move(request.rest));
  if (!view) {
    bool const unknown =
        view.error().is(Errc::not_found) || view.error().is(Errc::invalid_argument);
    co_return unknown ? unknown_page() : busy_page();
  }
  if (view->gone) co_return gone_page();
  co_return html(complaint.empty() ? 200 : 400, alert_page(*view, complaint));
}

// What became of an answer; an exercise says here too that it is one.
asio::awaitable<Response> conclude(LinkDesk& desk, Request request, std::string heading,
                                   std::string sentence) {
  auto const view = co_await desk.view(std::move(request.rest));
  LinkView const about = view ? *view : LinkView();
  co_return html(200, outcome_page(heading, sentence, about));
}

asio::awaitable<Response> view(LinkDesk& desk, Request request) {
  std::string no_complaint;
  co_return co_await show(desk, std::move(request), std::move(no_complaint));
}

asio::awaitable<Response> take(LinkDesk& desk, Request request) {
  auto fields = form_fields(request.body);
  auto const kind = from_word<Answer>(fields["answer"]);
  std::string complaint = "Pilih SIAP atau TIDAK BISA.";
  if (!kind) co_return co_await show(desk, std::move(request), std::move(complaint));
  LinkAnswer answer;
  answer.code = without_spaces(fields["code"]);
  answer.note = shortened(fields["note"], note_bytes_max);
  answer.answer = *kind;
  answer.from = request.client;
  auto const token = request.rest;
  auto const outcome = co_await desk.answer(token, std::move(answer));
  if (!outcome) co_return busy_page();
  std::string heading, sentence;
  switch (outcome->outcome) {
    case LinkOutcome::recorded:
      heading = *kind == Answer::accepted ? "Tercatat: SIAP" : "Tercatat: TIDAK BISA";
      sentence = "Terima kasih. Jawaban Anda sudah diterima.";
      break;
    case LinkOutcome::wrong_code:
      complaint = "Kode salah. Ketik kode yang ada di email atau SMS peringatan ini.";
      co_return co_await show(desk, std::move(request), std::move(complaint));
    case LinkOutcome::too_many_tries:
      co_return locked_page(outcome->locked_until);
    case LinkOutcome::too_many_from_there:
      co_return html(429, outcome_page("Kode salah",
                                       "Terlalu banyak kode salah dari jaringan Anda. Kode yang "
                                       "benar tetap diterima: buka lagi tautan di email Anda."));
    case LinkOutcome::gone:
      co_return gone_page();
    case LinkOutcome::closed:
      heading = "Sudah diakhiri";
      sentence = "Peringatan ini tidak lagi membutuhkan jawaban.";
      break;
    case LinkOutcome::unknown_link:
      co_return unknown_page();
  }
  co_return co_await conclude(desk, std::move(request), std::move(heading), std::move(sentence));
}

}  // namespace

std::string outcome_page(std::string_view heading, std::string_view sentence,
                         LinkView const& about) {
  auto body = bars(about, about.event);
  body += "<div class=\"in\"><h1>" + escaped(heading) + "</h1>";
  body += paragraph("", sentence);
  body += paragraph("quiet", about.place);
  body += "</div>";
  return page(joined({about.mark, heading}), body);
}

std::string alert_page(LinkView const& view, std::string_view complaint) {
  auto body = bars(view, joined({view.title, view.level}));
  body += "<div class=\"in\">";
  body += "<h1>" + escaped(view.event) + "</h1>";
  body += paragraph("", view.place);
  body += paragraph("quiet", joined({view.time, view.sender_name}));
  body += paragraph("act", view.action);
  body += paragraph("quiet", view.officer_name.empty() ? "" : "Untuk: " + view.officer_name);
  if (!complaint.empty())
    body += "<div class=\"err\" role=\"alert\">" + escaped(complaint) + "</div>";
  if (!view.state_text.empty()) body += paragraph("act", view.state_text);
  if (!view.locked_until.empty() && view.open)
    body +=
        "<div class=\"err\" role=\"alert\">" + escaped(locked_text(view.locked_until)) + "</div>";
  else if (view.open)
    body += form;
  body += "</div>";
  return page(joined({view.mark, view.event}), body);
}

Routes ack_routes(LinkDesk& desk) {
  Routes routes;
  routes.push_back(
      Route{"GET", "/a/", [&desk](Request request) { return view(desk, std::move(request)); }});
  routes.push_back(
      Route{"POST", "/a/", [&desk](Request request) { return take(desk, std::move(request)); }});
  return routes;
}

}  // namespace siaga::http
