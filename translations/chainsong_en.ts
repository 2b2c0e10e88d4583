<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
    <context>
        <name>Words</name>
        <message numerus="yes">
            <source>Add %n note(s)</source>
            <translation>
                <numerusform>Add %n note</numerusform>
                <numerusform>Add %n notes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Erase %n note(s)</source>
            <translation>
                <numerusform>Erase %n note</numerusform>
                <numerusform>Erase %n notes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Move %n note(s)</source>
            <translation>
                <numerusform>Move %n note</numerusform>
                <numerusform>Move %n notes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Transpose %n note(s)</source>
            <translation>
                <numerusform>Transpose %n note</numerusform>
                <numerusform>Transpose %n notes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Change the length of %n note(s)</source>
            <translation>
                <numerusform>Change the length of %n note</numerusform>
                <numerusform>Change the length of %n notes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Change the loudness of %n note(s)</source>
            <translation>
                <numerusform>Change the loudness of %n note</numerusform>
                <numerusform>Change the loudness of %n notes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Move %n note(s) along the scale</source>
            <translation>
                <numerusform>Move %n note along the scale</numerusform>
                <numerusform>Move %n notes along the scale</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Quantise %n note(s)</source>
            <translation>
                <numerusform>Quantise %n note</numerusform>
                <numerusform>Quantise %n notes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Pin %n note(s)</source>
            <translation>
                <numerusform>Pin %n note</numerusform>
                <numerusform>Pin %n notes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Unpin %n note(s)</source>
            <translation>
                <numerusform>Unpin %n note</numerusform>
                <numerusform>Unpin %n notes</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>chainsong::ComposeDesk</name>
        <message numerus="yes">
            <source>Stopped. Your notes are unchanged; %n finished variation(s) stay.</source>
            <translation>
                <numerusform>Stopped. Your notes are unchanged; %n finished variation stays.</numerusform>
                <numerusform>Stopped. Your notes are unchanged; %n finished variations stay.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n variation(s) in %1 s. 1–%2 to listen, Enter to keep. Everything can be undone.</source>
            <translation>
                <numerusform>%n variation in %1 s. %2 to listen, Enter to keep. Everything can be undone.</numerusform>
                <numerusform>%n variations in %1 s. 1–%2 to listen, Enter to keep. Everything can be undone.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>chainsong::EditDesk</name>
        <message numerus="yes">
            <source>%n note(s) copied.</source>
            <translation>
                <numerusform>%n note copied.</numerusform>
                <numerusform>%n notes copied.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>chainsong::FileDesk</name>
        <message numerus="yes">
            <source>%n note(s)</source>
            <translation>
                <numerusform>%n note</numerusform>
                <numerusform>%n notes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n voice(s)</source>
            <translation>
                <numerusform>%n voice</numerusform>
                <numerusform>%n voices</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>chainsong::RollBar</name>
        <message numerus="yes">
            <source>%n tick(s)</source>
            <translation>
                <numerusform>%n tick</numerusform>
                <numerusform>%n ticks</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>chainsong::SamplerPanel</name>
        <message numerus="yes">
            <source>The %n chain(s) tell the same story.</source>
            <translation>
                <numerusform>The %n chain tells one story.</numerusform>
                <numerusform>The %n chains tell the same story.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>chainsong::RunWindow</name>
        <message numerus="yes">
            <source>%n chain(s)</source>
            <translation>
                <numerusform>%n chain</numerusform>
                <numerusform>%n chains</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n draw(s) each</source>
            <translation>
                <numerusform>%n draw each</numerusform>
                <numerusform>%n draws each</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n of warm-up before them</source>
            <translation>
                <numerusform>%n of warm-up before it</numerusform>
                <numerusform>%n of warm-up before them</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n quantity(-ies)</source>
            <translation>
                <numerusform>%n quantity</numerusform>
                <numerusform>%n quantities</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>chainsong::Studio</name>
        <message numerus="yes">
            <source>New notes are reminded of up to four of %n phrase(s).</source>
            <translation>
                <numerusform>New notes are reminded of %n phrase.</numerusform>
                <numerusform>New notes are reminded of up to four of %n phrases.</numerusform>
            </translation>
        </message>
    </context>
</TS>
