// siaga_bench_decode: what an alert costs from bytes to Command with every rule, beside the bare
// parsers on the same bytes in the same run, in processor time. Prints one JSON line per figure.
//
// usage: siaga_bench_decode
//   xml, json            a 1 kB alert in both forms; `bare_us` is libxml2's tree, Boost.JSON's
//   value polygon              one polygon of 45 kB and of 450 kB; `ratio` is of time per byte
//   hostile.*            refusing 10 MB; `wide` with the limit of bytes raised above that
//   allocations.*        calls of operator new for shallow and for deep nesting
#include <libxml/parser.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <new>

#include "protocols/cap/formats.hpp"
#include "protocols/cap/writer.hpp"

namespace {

std::size_t allocations = 0;

}  // namespace

void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}

namespace {

using namespace siaga;
using Work = std::function<void()>;

constexpr auto sample = R"(<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
<identifier>POLRES-BTG-2026-0017</identifier><sender>spkt@polres-bontang.example</sender>
<sent>2026-11-23T14:30:00+08:00</sent><status>Actual</status><msgType>Alert</msgType>
<scope>Public</scope>
<info><language>id</language><category>Security</category><event>Unjuk rasa</event>
<responseType>Prepare</responseType><urgency>Immediate</urgency><severity>Severe</severity>
<certainty>Observed</certainty><expires>2026-11-23T20:30:00+08:00</expires>
<senderName>Polres Bontang</senderName><headline>Massa menuju gerbang pabrik</headline>
<description>Sekitar 200 orang berjalan dari simpang tiga, jalan ditutup.</description>
<instruction>Merapat ke titik kumpul.</instruction>
<area><areaDesc>Kel. Lok Tuan</areaDesc>
<polygon>0.13,117.48 0.13,117.50 0.15,117.50 0.15,117.48 0.13,117.48</polygon>
<geocode><valueName>KEMENDAGRI</valueName><value>64.74.02.1003</value></geocode></area></info>
</alert>)";

// Of this thread, so that other programs on the machine do not count.
double processor_us() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

double once_us(Work const& work, int times) {
  auto const begin = processor_us();
  for (int i = 0; i < times; ++i) work();
  return (processor_us() - begin) / times;
}

double median(std::vector<double> samples) {
  std::sort(samples.begin(), samples.end());
  return samples[samples.size() / 2];
}

// The median of each, taken in turns so that a slow moment of the machine meets them all.
std::vector<double> medians_us(std::vector<Work> const& works, int rounds, int times) {
  std::vector<std::vector<double>> samples(works.size());
  for (auto const& work : works) once_us(work, times);
  for (int round = 0; round < rounds; ++round)
    for (std::size_t i = 0; i < works.size(); ++i) samples[i].push_back(once_us(works[i], times));
  std::vector<double> result;
  for (auto const& taken : samples) result.push_back(median(taken));
  return result;
}

Work decoding(PayloadFormat const& format, std::string const& text, bool accepted) {
  return [&format, &text, accepted] {
    bool const taken = format.takes("", text);
    if (format.decode(text).has_value() != accepted || !taken) {
      std::fprintf(stderr, "siaga_bench_decode: a message was not judged as it should be\n");
      std::exit(1);
    }
  };
}

void small_alert() {
  std::string const xml = sample;
  auto const xml_format = cap::make_xml_format({});
  auto const json_format = cap::make_json_format({});
  auto command = xml_format->decode(xml);
  if (!command) std::exit(1);
  auto const json = cap::to_json(std::get<RaiseAlert>(*command).alert);
  Work const bare_xml = [&] {
    xmlFreeDoc(xmlReadMemory(
        xml.data(), static_cast<int>(xml.size()), nullptr, nullptr,
        XML_PARSE_NONET | XML_PARSE_IGNORE_ENC | XML_PARSE_NOERROR | XML_PARSE_NOWARNING));
  };
  Work const bare_json = [&] { static_cast<void>(boost::json::parse(json)); };
  auto const us = medians_us(
      {decoding(*xml_format, xml, true), bare_xml, decoding(*json_format, json, true), bare_json},
      15, 2000);
  char const* const line =
      "{\"name\":\"%s\",\"bytes\":%zu,\"us\":%.2f,\"bare_us\":%.2f,"
      "\"ratio\":%.2f}\n";
  std::printf(line, "xml", xml.size(), us[0], us[1], us[0] / us[1]);
  std::printf(line, "json", json.size(), us[2], us[3], us[2] / us[3]);
}

std::string with_polygon(std::size_t bytes) {
  std::string points, first;
  constexpr double turn = 6.283185307179586;
  auto const count = bytes / 20;
  for (std::size_t i = 0; i < count; ++i) {
    double const angle = turn * static_cast<double>(i) / static_cast<double>(count);
    char text[64];
    std::snprintf(text, sizeof text, "%.6f,%.6f ", 0.15 + std::sin(angle) / 10,
                  117.48 + std::cos(angle) / 10);
    if (i == 0) first = text;
    points += text;
  }
  std::string xml = sample;
  auto const begin = xml.find("<polygon>") + 9;
  return xml.replace(begin, xml.find("</polygon>") - begin, points + first);
}

void polygon() {
  cap::Settings settings;
  settings.bytes_max = 1 << 20;
  settings.points_max = 100000;
  auto const format = cap::make_xml_format(settings);
  auto const small = with_polygon(45000), large = with_polygon(450000);
  auto const us =
      medians_us({decoding(*format, small, true), decoding(*format, large, true)}, 15, 20);
  auto const per_byte = [](double taken, std::string const& text) {
    return taken / static_cast<double>(text.size());
  };
  std::printf(
      "{\"name\":\"polygon\",\"bytes\":%zu,\"small_us\":%.1f,\"large_us\":%.1f,"
      "\"ratio\":%.2f}\n",
      large.size(), us[0], us[1], per_byte(us[1], large) / per_byte(us[0], small));
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string result;
  result.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

void hostile() {
  constexpr std::size_t size = 10'000'000;
  std::string const xml = sample;
  auto const head = xml.substr(0, xml.find("<identifier>"));
  auto const big = head + repeated("<note>a</note>", size / 14);
  auto const doctype = "<!DOCTYPE alert [<!ENTITY a \"aaaa\">]>" + big;
  auto const deep = head + repeated("<a>", size / 3);
  auto const brackets = R"({"info":)" + repeated("[", size);
  cap::Settings settings;
  settings.bytes_max = 1 << 24;
  auto const plain = cap::make_xml_format({}), wide = cap::make_xml_format(settings);
  auto const json = cap::make_json_format({}), wide_json = cap::make_json_format(settings);
  struct Case {
    char const* name;
    PayloadFormat const& format;
    std::string const& text;
  };
  for (auto const& entry :
       {Case{"too_big", *plain, big}, Case{"doctype", *plain, doctype}, Case{"deep", *plain, deep},
        Case{"deep_json", *json, brackets}, Case{"wide.doctype", *wide, doctype},
        Case{"wide.deep", *wide, deep}, Case{"wide.deep_json", *wide_json, brackets}}) {
    auto const us = medians_us({decoding(entry.format, entry.text, false)}, 15, 5);
    std::printf("{\"name\":\"hostile.%s\",\"bytes\":%zu,\"us\":%.1f}\n", entry.name,
                entry.text.size(), us[0]);
  }
}

std::size_t allocations_of(PayloadFormat const& format, std::string const& text) {
  auto const before = allocations;
  static_cast<void>(format.decode(text));
  return allocations - before;
}

void nesting() {
  auto const xml_format = cap::make_xml_format({});
  auto const json_format = cap::make_json_format({});
  std::string const xml = sample;
  auto const at = xml.find("<info>");
  auto const nested_xml = [&](std::size_t depth) {
    auto text = xml;
    return text.insert(at, repeated("<a>", depth) + repeated("</a>", depth));
  };
  auto const nested_json = [&](std::size_t depth) {
    return R"({"identifier":)" + repeated("[", depth) + repeated("]", depth) + "}";
  };
  auto const tell = [](char const* name, std::size_t shallow, std::size_t deep) {
    std::printf("{\"name\":\"allocations.%s\",\"shallow\":%zu,\"deep\":%zu}\n", name, shallow,
                deep);
  };
  for (int warm = 0; warm < 2; ++warm) allocations_of(*xml_format, nested_xml(2));
  tell("xml", allocations_of(*xml_format, nested_xml(2)),
       allocations_of(*xml_format, nested_xml(14)));
  tell("json", allocations_of(*json_format, nested_json(2)),
       allocations_of(*json_format, nested_json(14)));
}

}  // namespace

int main() {
  small_alert();
  polygon();
  hostile();
  nesting();
  return 0;
}
