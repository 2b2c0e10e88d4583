#include "app/composing/composing.h"

#include <QMetaObject>

#include <utility>

namespace chainsong {

Composing::Composing(QObject* parent)
    : QObject(parent)
    , m_composer(callbacks()) { }

Composing::~Composing() = default;

/// Runs on the composer thread.
template <class Write> void Composing::post(JobId job, Write write) {
    const std::lock_guard lock(m_mutex);
    if (m_mail.job != job) m_mail = {};
    m_mail.job = job;
    write(m_mail);
    if (std::exchange(m_is_posted, true)) return;
    QMetaObject::invokeMethod(
        this, [this] { deliver(); }, Qt::QueuedConnection);
}

Composer::Callbacks Composing::callbacks() {
    return {
        .on_progress =
            [this](JobId job, const Progress& progress) {
                post(job, [&](Mail& mail) { mail.progress = progress; });
            },
        .on_trace =
            [this](JobId job, const TracePoint& point) {
                post(job, [&](Mail& mail) { mail.points.push_back(point); });
            },
        .on_draw = [this](JobId job, const Draw& draw,
                       int index) { post(job, [&](Mail& mail) { mail.draws.emplace_back(draw, index); }); },
        .on_done =
            [this](JobId job, Result<ComposeResult> result) {
                post(job, [&](Mail& mail) { mail.done = std::move(result); });
            },
    };
}

void Composing::start(ComposeRequest request) { m_job = m_composer.start(std::move(request)); }

void Composing::start(ResampleRequest request) { m_job = m_composer.start(std::move(request)); }

void Composing::start(PathRequest request) { m_job = m_composer.start(std::move(request)); }

bool Composing::cancel() {
    m_job = 0;
    return m_composer.cancel();
}

void Composing::deliver() {
    Mail mail;
    {
        const std::lock_guard lock(m_mutex);
        mail = std::exchange(m_mail, {});
        m_is_posted = false;
    }
    if (mail.job != m_job || m_job == 0) return; // of a job that was cancelled or overtaken
    if (mail.progress) Q_EMIT progressed(*mail.progress);
    if (!mail.points.empty()) Q_EMIT traced(mail.points);
    for (const auto& [draw, index] : mail.draws) {
        Q_EMIT drawn(draw, index);
        if (mail.job != m_job) return; // a listener cancelled
    }
    if (!mail.done) return;
    m_job = 0;
    if (*mail.done)
        Q_EMIT finished(**mail.done);
    else if (mail.done->error().what != kStopped)
        Q_EMIT failed(mail.done->error());
}

} // namespace chainsong
