#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chainsong {

/// Builds an XML text: every element that is opened is closed, every text is escaped.
class XmlWriter {
public:
    using Attributes = std::vector<std::pair<std::string_view, std::string>>;

    explicit XmlWriter(std::string_view prologue)
        : m_text(prologue) { }
    void open(std::string_view name, const Attributes& attributes = {});
    void close();
    /// <name>text</name>
    void leaf(std::string_view name, std::string_view text, const Attributes& attributes = {});
    void leaf(std::string_view name, long long number, const Attributes& attributes = {});
    /// <name/>
    void empty(std::string_view name, const Attributes& attributes = {});
    /// Call when everything is closed.
    std::string finished();

private:
    void begin(std::string_view name, const Attributes& attributes);

    std::string m_text;
    std::vector<std::string_view> m_open; // names outlive the writer: they are literals
};

/// Text as XML may hold it: no markup, no control characters, valid UTF-8.
std::string escapedXml(std::string_view text);

} // namespace chainsong
