#include "engine/io/xml_writer.h"

#include "engine/base/text.h"

#include <cassert>

namespace chainsong {

std::string escapedXml(std::string_view text) {
    std::string out;
    for (const char32_t c : decodeUtf8(text)) {
        switch (c) {
        case U'&': out += "&amp;"; break;
        case U'<': out += "&lt;"; break;
        case U'>': out += "&gt;"; break;
        case U'"': out += "&quot;"; break;
        case U'\'': out += "&apos;"; break;
        default:
            if (c >= 0x20 && c != 0x7F && c != 0xFFFE && c != 0xFFFF)
                out += encodeUtf8(std::u32string_view(&c, 1));
        }
    }
    return out;
}

void XmlWriter::begin(std::string_view name, const Attributes& attributes) {
    m_text.append(2 * m_open.size(), ' ');
    m_text += '<';
    m_text += name;
    for (const auto& [key, value] : attributes) {
        m_text += ' ';
        m_text += key;
        m_text += "=\"" + escapedXml(value) + '"';
    }
}

void XmlWriter::open(std::string_view name, const Attributes& attributes) {
    begin(name, attributes);
    m_text += ">\n";
    m_open.push_back(name);
}

void XmlWriter::close() {
    assert(!m_open.empty() && "close() without open()");
    const std::string_view name = m_open.back();
    m_open.pop_back();
    m_text.append(2 * m_open.size(), ' ');
    m_text += "</";
    m_text += name;
    m_text += ">\n";
}

void XmlWriter::leaf(std::string_view name, std::string_view text, const Attributes& attributes) {
    begin(name, attributes);
    m_text += '>';
    m_text += escapedXml(text);
    m_text += "</";
    m_text += name;
    m_text += ">\n";
}

void XmlWriter::leaf(std::string_view name, long long number, const Attributes& attributes) {
    leaf(name, std::string_view(std::to_string(number)), attributes);
}

void XmlWriter::empty(std::string_view name, const Attributes& attributes) {
    begin(name, attributes);
    m_text += "/>\n";
}

std::string XmlWriter::finished() {
    assert(m_open.empty() && "an element is still open");
    return std::move(m_text);
}

} // namespace chainsong
