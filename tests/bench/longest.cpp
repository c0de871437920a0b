// siaga_bench_longest: what the longest and worst messages cost from bytes to an authorised
// command, signatures and the search for their districts among it, in processor time. Prints a
// table: each case just below the length from which a message is judged beside the core, and at
// `[cap] bytes_max`.
//
// usage: siaga_bench_longest
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <functional>

#include "gateway/flow/judge.hpp"
#include "protocols/cap/formats.hpp"
#include "tests/cap/xml_signer.hpp"

namespace {

using namespace siaga;
using Sized = std::function<std::string(std::size_t bytes)>;

constexpr std::size_t short_bytes = 16 * 1024 - 1;
constexpr std::size_t long_bytes = 256 * 1024;

constexpr auto head = R"(<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
<identifier>POLRES-BTG-2026-0017</identifier><sender>spkt@polres-bontang.example</sender>
<sent>2026-11-23T14:30:00+08:00</sent><status>Actual</status><msgType>Alert</msgType>
<scope>Public</scope>)";
constexpr auto info = R"(<info><language>id</language><category>Security</category>
<event>Unjuk rasa</event><urgency>Immediate</urgency><severity>Severe</severity>
<certainty>Observed</certainty><expires>2026-11-23T20:30:00+08:00</expires>)";
constexpr auto area = "<area><areaDesc>a</areaDesc>";
constexpr auto tail = "</info></alert>";

double processor_ms() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

std::string filled(std::string const& before, std::string_view unit, std::string const& after,
                   std::size_t bytes) {
  std::string text = before;
  while (text.size() + unit.size() + after.size() <= bytes) text += unit;
  return text + after;
}

// A ring around the city; `jump` over its points makes it cross itself everywhere.
std::string ring(std::size_t points, std::size_t jump, double size) {
  std::string text, first;
  for (std::size_t i = 0; i <= points; ++i) {
    double const angle =
        6.283185307179586 * static_cast<double>(i * jump % points) / static_cast<double>(points);
    char point[32];
    std::snprintf(point, sizeof point, "%.4f,%.4f ", 0.15 + size * std::sin(angle),
                  117.48 + size * std::cos(angle));
    text += point;
  }
  return text;
}

Sized rings(std::size_t points, std::size_t jump) {
  return [=](std::size_t bytes) {
    auto const most = std::min(points, (bytes - 1200) / 17);
    auto const polygon = "<polygon>" + ring(most, jump, 0.1) + "</polygon>";
    return filled(std::string(head) + info + area, polygon, std::string("</area>") + tail, bytes);
  };
}

Sized filling(std::string before, std::string unit, std::string after) {
  return [=](std::size_t bytes) { return filled(before, unit, after, bytes); };
}

std::string attributes(std::string const& name, int from, int count) {
  std::string text;
  for (int i = from; i < from + count; ++i)
    text += " " + name + std::to_string(i) + "=\"urn:" + std::to_string(i) + "\"";
  return text;
}

std::string namespaces() {
  std::string text = head;
  for (int i = 0; i < 4; ++i) text += "<p" + attributes("xmlns:n", i * 63, 63) + ">";
  return text;
}

std::string base64(std::string const& bytes) {
  std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  auto const size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                    reinterpret_cast<unsigned char const*>(bytes.data()),
                                    static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

struct Case {
  char const* name;
  Sized text;
};

std::vector<Case> cases(cap::test::Identity const& identity) {
  std::string const begin = head, json = R"({"identifier":"a","info":[)";
  auto const described = begin + info;
  auto const signed_with = [identity](Sized sized) {
    return [=](std::size_t bytes) { return cap::test::sign(sized(bytes - 2000), identity); };
  };
  auto const circle = std::string("<circle>0.15,117.48 9</circle>");
  auto const areas =
      filling(described,
              "<area><areaDesc>" + std::string(80, 'a') + "</areaDesc>" + circle + "</area>", tail);
  auto const words =
      filling(described + "<description>", "kata &amp; kata ", "</description></info></alert>");
  return {
      {"one polygon", rings(9990, 1)},
      {"one polygon that crosses itself", rings(9973, 4986)},
      {"polygons of 100 points", rings(100, 1)},
      {"areas with a circle", areas},
      {"one area of circles", filling(described + area, circle, std::string("</area>") + tail)},
      {"small polygons",
       filling(described + area,
               "<polygon>0.14,117.47 0.14,117.49 0.16,117.49 0.16,117.47 0.14,117.47</polygon>",
               std::string("</area>") + tail)},
      {"areas with a code",
       filling(described,
               std::string(area) + "<geocode><valueName>KEMENDAGRI</valueName><value>"
                                   "64.74.01.1003</value></geocode></area>",
               tail)},
      {"a description of references", words},
      {"unknown elements", filling(described, "<a/>", tail)},
      {"parameters",
       filling(described, "<parameter><valueName>a</valueName><value>b</value></parameter>", tail)},
      {"tags of 64 attributes",
       filling(begin, "<note" + attributes("a", 0, 64) + "/>", "</alert>")},
      {"252 namespaces over many elements", filling(namespaces(), "<n1:a/>", "")},
      {"comments", filling(begin, "<!---->", std::string(info) + tail)},
      {"JSON keys nobody knows", filling("{", "\"a\":1,", "\"b\":1}")},
      {"JSON texts", filling(json, "\"a\",", "\"b\"]}")},
      {"JSON escapes", filling("{\"note\":\"", "\\u0041", "\"}")},
      {"JSON quotes before a wrapper", filling("{\"a\":\"", "\\\\\\\"", "\",\"data\":1}")},
      {"a wrapped description",
       [words](std::size_t bytes) {
         return "{\"data\":\"" + base64(words(bytes < long_bytes ? bytes / 4 * 3 - 20 : bytes)) +
                "\"}";
       }},
      {"a signed description", signed_with(words)},
      {"signed areas", signed_with(areas)},
  };
}

flow::World world(cap::test::Identity const& identity) {
  flow::World made;
  Grant grant;
  grant.agency = AgencyId("polres");
  grant.signers.certificates = {identity.certificate};
  made.grants.by_agency[grant.agency] = grant;
  auto& unsigned_grant = made.grants.by_agency[AgencyId("bpbd")];
  unsigned_grant.agency = AgencyId("bpbd");
  unsigned_grant.areas = {"64.74"};  // so that shapes must lie within
  std::vector<District> districts;
  for (int i = 0; i < 15; ++i)
    districts.push_back(
        {"64.74.01.10" + std::to_string(10 + i), "Kelurahan", {ring(300, 1, 0.01 * (i + 1))}});
  made.grants.places = std::make_shared<Gazetteer>(std::move(districts));
  return made;
}

// An agency with a certificate must sign, so what is not signed comes from one without.
double best_ms(flow::Judge const& judge, flow::World const& here, std::string const& text) {
  AgencyId const agency(text.find("Signature") == text.npos ? "bpbd" : "polres");
  RawMessage raw;
  raw.payload = text;
  auto const now = parse_rfc3339("2026-11-23T14:31:00+08:00").value();
  double best = 1e9;
  for (int i = 0; i < 3; ++i) {
    auto const begun = processor_ms();
    static_cast<void>(judge.alert(here, agency, raw, judge.decode(raw), now));
    best = std::min(best, processor_ms() - begun);
  }
  return best;
}

}  // namespace

int main() {
  auto const identity = cap::test::make_identity("Polres", cap::test::KeyKind::ec);
  auto const here = std::make_shared<flow::World>(world(identity));
  flow::Current current(here);
  auto const formats = cap::make_formats({});
  flow::Freshness const fresh = [](Command command, UtcTime) {
    return Judged<Command>(std::move(command));
  };
  flow::Authenticity const authentic = [](Signers const&, RawMessage const&, UtcTime) {
    return Judged<Proof>(Proof());
  };
  flow::Judge const judge(current, {formats, fresh, authentic});
  std::printf("| message | short ms | long ms |\n|---|---|---|\n");
  for (auto const& entry : cases(identity))
    std::printf("| %s | %.1f | %.1f |\n", entry.name,
                best_ms(judge, *here, entry.text(short_bytes)),
                best_ms(judge, *here, entry.text(long_bytes)));
  return 0;
}
