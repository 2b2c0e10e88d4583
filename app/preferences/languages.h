#pragma once

#include <QString>
#include <QTranslator>

#include <memory>
#include <vector>

namespace chainsong {

/// A language that the studio speaks: its code and its own name for itself.
struct Language {
    const char* code;
    const char* name;
};
const std::vector<Language>& languages();

/// The translators in force. English is what the program is written in, yet it has one too: for its plurals.
class Languages {
public:
    /// "" = the system's language, or English if the studio does not speak it. Texts made before keep theirs.
    void use(const QString& code);
    const QString& current() const { return m_current; }

private:
    QString m_current;
    std::unique_ptr<QTranslator> m_own;
    std::unique_ptr<QTranslator> m_qt; // Qt's own buttons and dialogs
};

} // namespace chainsong
