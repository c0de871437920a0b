#include "protocols/http/ack_page.hpp"

#include "tests/http/ask.hpp"
#include "tests/http/desk_double.hpp"
#include "tests/support/catch.hpp"

using namespace siaga;
using test::ask;
using test::DeskDouble;

namespace {

struct World {
  DeskDouble desk;
  http::Routes routes = http::ack_routes(desk);
  std::string path = std::string("/a/") + DeskDouble::token;

  World() { desk.shown = test::sample_view(); }
  http::Response post(std::string body) { return ask(routes, "POST", path, std::move(body)); }
};

bool has(std::string const& page, std::string_view text) {
  return page.find(text) != std::string::npos;
}

std::size_t count(std::string const& page, std::string_view text) {
  std::size_t found = 0;
  for (auto at = page.find(text); at != std::string::npos; at = page.find(text, at + 1)) ++found;
  return found;
}

}  // namespace

TEST_CASE("the page shows the alert, a field for the code and two buttons", "[http]") {
  World world;
  auto const response = ask(world.routes, "GET", world.path);
  CHECK(response.status == 200);
  CHECK(response.content_type == "text/html; charset=utf-8");
  for (auto const* text :
       {"AWAS", "Unjuk rasa", "Kel. Lok Tuan", "23 Nov 2026 14:30 WITA", "Merapat ke titik kumpul",
        "Kabag Ops", "Polres Bontang", R"(name="code")", R"(value="accepted">SIAP)",
        R"(value="declined">TIDAK BISA)", R"(<html lang="id">)"}) {
    INFO(text);
    CHECK(has(response.body, text));
  }
  CHECK_FALSE(has(response.body, "<script"));
}

TEST_CASE("looking at the page answers nothing, whatever the link carries", "[http]") {
  World world;
  for (auto const* method : {"GET", "HEAD"})
    CHECK(ask(world.routes, method, world.path, "code=4821&answer=accepted").status == 200);
  CHECK(world.desk.answers.empty());
  CHECK(world.desk.views == 2);
}

TEST_CASE("no other method reaches the desk", "[http]") {
  World world;
  for (auto const* method : {"PUT", "DELETE", "PATCH", "OPTIONS", "post"})
    CHECK(ask(world.routes, method, world.path, "code=4821&answer=accepted").status == 405);
  CHECK(world.desk.answers.empty());
  CHECK(world.desk.views == 0);
}

TEST_CASE("a button with the typed code is an answer with its note", "[http]") {
  World world;
  auto const accepted = world.post("code=4821&note=menuju+lokasi%21&answer=accepted");
  CHECK(accepted.status == 200);
  CHECK(has(accepted.body, "Tercatat: SIAP"));
  auto const declined = world.post("code=4821&answer=declined");
  CHECK(has(declined.body, "Tercatat: TIDAK BISA"));
  REQUIRE(world.desk.answers.size() == 2);
  CHECK(world.desk.answers[0].code == "4821");
  CHECK(world.desk.answers[0].note == "menuju lokasi!");
  CHECK(world.desk.answers[0].answer == Answer::accepted);
  CHECK(world.desk.answers[1].answer == Answer::declined);
}

TEST_CASE("spaces typed around or within the code are forgiven", "[http]") {
  World world;
  world.post("code=+48+21%09&answer=accepted");
  REQUIRE(world.desk.answers.size() == 1);
  CHECK(world.desk.answers[0].code == "4821");
}

TEST_CASE("a note is one clean line of bounded length and whole letters", "[http]") {
  World world;
  world.post("code=4821&answer=accepted&note=satu%0D%0Adua%00%1B%5B31mtiga");
  std::string long_note;
  for (int i = 0; i < 400; ++i) long_note += "%C3%A9";
  world.post("code=4821&answer=accepted&note=" + long_note);
  world.post("code=4821&answer=accepted&note=%FF%FE");
  REQUIRE(world.desk.answers.size() == 3);
  CHECK(world.desk.answers[0].note.find_first_of("\r\n\x1b") == std::string::npos);
  auto const& cut = world.desk.answers[1].note;
  CHECK(cut.size() <= 300);
  CHECK(cut.size() >= 290);
  CHECK((static_cast<unsigned char>(cut.back()) < 0x80 ||
         (static_cast<unsigned char>(cut[cut.size() - 2]) & 0xE0) == 0xC0));
  CHECK(world.desk.answers[2].note.find('\xFF') == std::string::npos);
}

TEST_CASE("no button pressed, or one that does not exist, answers nothing", "[http]") {
  World world;
  for (auto const* body : {"", "code=4821", "code=4821&answer=", "code=4821&answer=yes", "&&&==&",
                           "answer%3Daccepted&code=4821"}) {
    INFO(body);
    auto const response = world.post(body);
    CHECK(response.status == 400);
    CHECK(has(response.body, "Pilih SIAP atau TIDAK BISA."));
    CHECK(has(response.body, R"(name="code")"));
  }
  CHECK(world.desk.answers.empty());
}

TEST_CASE("a wrong code shows the form again with what to do", "[http]") {
  World world;
  world.desk.outcome = LinkOutcome::wrong_code;
  auto const response = world.post("code=1111&answer=accepted");
  CHECK(response.status == 400);
  CHECK(has(response.body, "Kode salah"));
  CHECK(has(response.body, R"(name="code")"));
}

TEST_CASE("a locked link, a closed alert and a busy store each say so", "[http]") {
  World world;
  world.desk.outcome = LinkOutcome::too_many_tries;
  world.desk.locked_until = "23 Nov 2026 14:45 WITA";
  auto const locked = world.post("code=4821&answer=accepted");
  CHECK(locked.status == 429);
  CHECK(has(locked.body, "dikunci sampai 23 Nov 2026 14:45 WITA"));
  world.desk.outcome = LinkOutcome::closed;
  CHECK(has(world.post("code=4821&answer=accepted").body, "Sudah diakhiri"));
  world.desk.failing = Errc::storage_full;
  auto const busy = world.post("code=4821&answer=accepted");
  CHECK(busy.status == 503);
  CHECK(has(busy.body, "Belum tercatat"));
  CHECK(ask(world.routes, "GET", world.path).status == 503);
}

TEST_CASE("a locked link is shown with its alert, until when, and no form", "[http]") {
  World world;
  world.desk.shown.locked_until = "23 Nov 2026 14:45 WITA";
  auto const page = ask(world.routes, "GET", world.path);
  CHECK(page.status == 200);
  CHECK(has(page.body, "Unjuk rasa"));
  CHECK(has(page.body, "dikunci sampai 23 Nov 2026 14:45 WITA"));
  CHECK_FALSE(has(page.body, "<form"));
}

TEST_CASE("where many wrong codes came from, a wrong one is told that the right one still counts",
          "[http]") {
  World world;
  world.desk.outcome = LinkOutcome::too_many_from_there;
  auto const page = world.post("code=1111&answer=accepted");
  CHECK(page.status == 429);
  CHECK(has(page.body, "Kode yang benar tetap diterima"));
  CHECK(world.desk.views == 0);
}

TEST_CASE("a link whose alert ended long ago is gone, read or pressed, and shows nothing of it",
          "[http]") {
  World world;
  world.desk.shown.gone = true;
  world.desk.outcome = LinkOutcome::gone;
  for (auto const& page :
       {ask(world.routes, "GET", world.path), world.post("code=4821&answer=accepted")}) {
    CHECK(page.status == 410);
    CHECK(has(page.body, "Tautan sudah berakhir"));
    for (auto const* text : {"Unjuk rasa", "Lok Tuan", "Kabag Ops", "Polres", "bar AWAS", "<form"})
      CHECK_FALSE(has(page.body, text));
  }
}

TEST_CASE("the desk is told whom an answer counts for", "[http]") {
  World world;
  http::Request request;
  request.method = "POST";
  request.path = world.path;
  request.body = "code=1111&answer=accepted";
  request.client = "2001:db8:1:2::/64";
  CHECK(test::ask(world.routes, std::move(request)).status == 200);
  REQUIRE(world.desk.answers.size() == 1);
  CHECK(world.desk.answers.front().from == "2001:db8:1:2::/64");
}

TEST_CASE("every link that is not ours gets the same answer, read or pressed", "[http]") {
  World world;
  auto const seen = ask(world.routes, "GET", "/a/something-else");
  CHECK(seen.status == 404);
  CHECK(ask(world.routes, "GET", "/a/x").body == seen.body);
  auto const pressed = ask(world.routes, "POST", "/a/another", "code=4821&answer=accepted");
  CHECK(pressed.status == 404);
  CHECK(pressed.body == seen.body);
}

TEST_CASE("an alert that wants no more answers is shown without a form", "[http]") {
  World world;
  world.desk.shown.open = false;
  world.desk.shown.state_text = "Peringatan ini sudah dibatalkan.";
  auto const response = ask(world.routes, "GET", world.path);
  CHECK(has(response.body, "Peringatan ini sudah dibatalkan."));
  CHECK_FALSE(has(response.body, "<form"));
}

TEST_CASE("an exercise says so before anything else", "[http]") {
  World world;
  world.desk.shown.mark = "LATIHAN";
  auto const page = ask(world.routes, "GET", world.path).body;
  auto const body = page.substr(page.find("<body>"));
  CHECK(body.find("LATIHAN") < body.find("PERINGATAN"));
  CHECK(body.find("LATIHAN") < body.find("Unjuk rasa"));
  CHECK(has(page, "<title>LATIHAN"));
}

TEST_CASE("an answer to an exercise is acknowledged as one", "[http]") {
  World world;
  world.desk.shown.mark = "LATIHAN";
  auto const page = world.post("code=4821&answer=accepted").body;
  CHECK(has(page, "<title>LATIHAN · Tercatat: SIAP"));
  auto const body = page.substr(page.find("<body>"));
  CHECK(body.find("LATIHAN") < body.find("Tercatat"));
  world.desk.outcome = LinkOutcome::closed;
  CHECK(has(world.post("code=4821&answer=accepted").body, "<title>LATIHAN"));
}

TEST_CASE("nothing an agency writes becomes markup", "[http]") {
  World world;
  std::string const evil = R"x(<img src=x onerror="a('&')">)x";
  auto& view = world.desk.shown;
  for (auto* text : {&view.mark, &view.title, &view.level, &view.event, &view.place, &view.time,
                     &view.action, &view.officer_name, &view.sender_name, &view.state_text})
    *text = evil;
  auto const page = ask(world.routes, "GET", world.path).body;
  CHECK_FALSE(has(page, "<img"));
  CHECK(count(page, "&lt;img src=x onerror=&quot;a(&#39;&amp;&#39;)&quot;&gt;") >= 10);
}

TEST_CASE("the enter key presses no button", "[http]") {
  World world;
  auto const page = ask(world.routes, "GET", world.path).body;
  // The first submit button is what Enter presses; one that is disabled presses nothing (HTML,
  // implicit submission).
  auto const first = page.find("<button");
  REQUIRE(first != std::string::npos);
  CHECK(has(page.substr(first, page.find('>', first) - first), "disabled"));
}
