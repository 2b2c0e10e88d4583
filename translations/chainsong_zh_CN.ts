<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
    <context>
        <name>Actions</name>
        <message>
            <source>&amp;New piece</source>
            <translation>新建乐曲(&amp;N)</translation>
        </message>
        <message>
            <source>&amp;Open…</source>
            <translation>打开(&amp;O)…</translation>
        </message>
        <message>
            <source>Open the e&amp;xample</source>
            <translation>打开示例(&amp;X)</translation>
        </message>
        <message>
            <source>&amp;Save</source>
            <translation>保存(&amp;S)</translation>
        </message>
        <message>
            <source>Save &amp;as…</source>
            <translation>另存为(&amp;A)…</translation>
        </message>
        <message>
            <source>&amp;Export…</source>
            <translation>导出(&amp;E)…</translation>
        </message>
        <message>
            <source>Export &amp;MIDI…</source>
            <translation>导出 MIDI(&amp;M)…</translation>
        </message>
        <message>
            <source>Export so&amp;und…</source>
            <translation>导出声音(&amp;U)…</translation>
        </message>
        <message>
            <source>&amp;Quit</source>
            <translation>退出(&amp;Q)</translation>
        </message>
        <message>
            <source>&amp;Undo</source>
            <translation>撤销(&amp;U)</translation>
        </message>
        <message>
            <source>&amp;Redo</source>
            <translation>重做(&amp;R)</translation>
        </message>
        <message>
            <source>Cu&amp;t</source>
            <translation>剪切(&amp;T)</translation>
        </message>
        <message>
            <source>&amp;Copy</source>
            <translation>复制(&amp;C)</translation>
        </message>
        <message>
            <source>&amp;Paste at the playhead</source>
            <translation>粘贴到播放位置(&amp;P)</translation>
        </message>
        <message>
            <source>&amp;Duplicate</source>
            <translation>重复一份(&amp;D)</translation>
        </message>
        <message>
            <source>&amp;Erase</source>
            <translation>删除(&amp;E)</translation>
        </message>
        <message>
            <source>Select &amp;all</source>
            <translation>全选(&amp;A)</translation>
        </message>
        <message>
            <source>Select &amp;none</source>
            <translation>取消选择(&amp;N)</translation>
        </message>
        <message>
            <source>&amp;Invert selection</source>
            <translation>反选(&amp;I)</translation>
        </message>
        <message>
            <source>Semitone up</source>
            <translation>升高半音</translation>
        </message>
        <message>
            <source>Semitone down</source>
            <translation>降低半音</translation>
        </message>
        <message>
            <source>Octave up</source>
            <translation>升高八度</translation>
        </message>
        <message>
            <source>Octave down</source>
            <translation>降低八度</translation>
        </message>
        <message>
            <source>Scale step up</source>
            <translation>沿音阶升高</translation>
        </message>
        <message>
            <source>Scale step down</source>
            <translation>沿音阶降低</translation>
        </message>
        <message>
            <source>Earlier by the grid</source>
            <translation>提前一格</translation>
        </message>
        <message>
            <source>Later by the grid</source>
            <translation>推后一格</translation>
        </message>
        <message>
            <source>Shorter</source>
            <translation>缩短</translation>
        </message>
        <message>
            <source>Longer</source>
            <translation>延长</translation>
        </message>
        <message>
            <source>Louder</source>
            <translation>更响</translation>
        </message>
        <message>
            <source>Softer</source>
            <translation>更轻</translation>
        </message>
        <message>
            <source>Next note</source>
            <translation>下一个音符</translation>
        </message>
        <message>
            <source>Note at the cursor: put or take</source>
            <translation>光标处的音符：放置或取走</translation>
        </message>
        <message>
            <source>&amp;Quantise</source>
            <translation>量化(&amp;Q)</translation>
        </message>
        <message>
            <source>&amp;Pointer</source>
            <translation>指针(&amp;P)</translation>
        </message>
        <message>
            <source>&amp;Draw</source>
            <translation>绘制(&amp;D)</translation>
        </message>
        <message>
            <source>&amp;Erase by mouse</source>
            <translation>用鼠标擦除(&amp;E)</translation>
        </message>
        <message>
            <source>Coarser grid</source>
            <translation>更粗的网格</translation>
        </message>
        <message>
            <source>Finer grid</source>
            <translation>更细的网格</translation>
        </message>
        <message>
            <source>Triplet grid</source>
            <translation>三连音网格</translation>
        </message>
        <message>
            <source>Zoom &amp;in</source>
            <translation>放大(&amp;I)</translation>
        </message>
        <message>
            <source>Zoom &amp;out</source>
            <translation>缩小(&amp;O)</translation>
        </message>
        <message>
            <source>Zoom to the &amp;selection</source>
            <translation>缩放到所选(&amp;S)</translation>
        </message>
        <message>
            <source>Show the &amp;whole piece</source>
            <translation>显示整首乐曲(&amp;W)</translation>
        </message>
        <message>
            <source>&amp;Follow the playhead: off, by pages, smoothly</source>
            <translation>跟随播放位置：关、翻页、平滑(&amp;F)</translation>
        </message>
        <message>
            <source>How s&amp;ure: off, opacity, alternatives</source>
            <translation>把握程度：关、深浅、候选(&amp;U)</translation>
        </message>
        <message>
            <source>Go to the most undecided &amp;beat</source>
            <translation>转到最不确定的一拍(&amp;B)</translation>
        </message>
        <message>
            <source>&amp;Highlight the scale</source>
            <translation>突出音阶(&amp;H)</translation>
        </message>
        <message>
            <source>&amp;Note names</source>
            <translation>音名(&amp;N)</translation>
        </message>
        <message>
            <source>Notes of the other &amp;voices</source>
            <translation>其他声部的音符(&amp;V)</translation>
        </message>
        <message>
            <source>Layout: &amp;Compose</source>
            <translation>布局：作曲(&amp;C)</translation>
        </message>
        <message>
            <source>Layout: Dia&amp;gnose</source>
            <translation>布局：诊断(&amp;G)</translation>
        </message>
        <message>
            <source>&amp;Reset layout</source>
            <translation>重置布局(&amp;R)</translation>
        </message>
        <message>
            <source>Next part of the window</source>
            <translation>窗口的下一部分</translation>
        </message>
        <message>
            <source>Previous part of the window</source>
            <translation>窗口的上一部分</translation>
        </message>
        <message>
            <source>Where am I?</source>
            <translation>我在哪里？</translation>
        </message>
        <message>
            <source>F&amp;ull screen</source>
            <translation>全屏(&amp;U)</translation>
        </message>
        <message>
            <source>&amp;Write the prompt</source>
            <translation>写提示(&amp;W)</translation>
        </message>
        <message>
            <source>&amp;Compose</source>
            <translation>作曲(&amp;C)</translation>
        </message>
        <message>
            <source>&amp;Stop composing</source>
            <translation>停止作曲(&amp;S)</translation>
        </message>
        <message>
            <source>Another s&amp;eed</source>
            <translation>换一个种子(&amp;E)</translation>
        </message>
        <message>
            <source>Co&amp;ntinue this piece</source>
            <translation>续写这首乐曲(&amp;N)</translation>
        </message>
        <message>
            <source>&amp;Resample the chosen bars</source>
            <translation>重新抽样所选小节(&amp;R)</translation>
        </message>
        <message>
            <source>&amp;Pin or unpin the selection</source>
            <translation>固定或放开所选(&amp;P)</translation>
        </message>
        <message>
            <source>Pin everything &amp;outside the chosen bars</source>
            <translation>固定所选小节之外的一切(&amp;O)</translation>
        </message>
        <message>
            <source>Listen to the original</source>
            <translation>试听原来的</translation>
        </message>
        <message>
            <source>Listen to variation 1</source>
            <translation>试听变体 1</translation>
        </message>
        <message>
            <source>Listen to variation 2</source>
            <translation>试听变体 2</translation>
        </message>
        <message>
            <source>Listen to variation 3</source>
            <translation>试听变体 3</translation>
        </message>
        <message>
            <source>Listen to variation 4</source>
            <translation>试听变体 4</translation>
        </message>
        <message>
            <source>Listen to variation 5</source>
            <translation>试听变体 5</translation>
        </message>
        <message>
            <source>Listen to variation 6</source>
            <translation>试听变体 6</translation>
        </message>
        <message>
            <source>Listen to variation 7</source>
            <translation>试听变体 7</translation>
        </message>
        <message>
            <source>Listen to variation 8</source>
            <translation>试听变体 8</translation>
        </message>
        <message>
            <source>Compare the &amp;last two</source>
            <translation>比较最后两个(&amp;L)</translation>
        </message>
        <message>
            <source>&amp;Keep what sounds</source>
            <translation>保留正在听的(&amp;K)</translation>
        </message>
        <message>
            <source>Star variation 1</source>
            <translation>给变体 1 加星</translation>
        </message>
        <message>
            <source>Star variation 2</source>
            <translation>给变体 2 加星</translation>
        </message>
        <message>
            <source>Star variation 3</source>
            <translation>给变体 3 加星</translation>
        </message>
        <message>
            <source>Star variation 4</source>
            <translation>给变体 4 加星</translation>
        </message>
        <message>
            <source>Star variation 5</source>
            <translation>给变体 5 加星</translation>
        </message>
        <message>
            <source>Star variation 6</source>
            <translation>给变体 6 加星</translation>
        </message>
        <message>
            <source>Star variation 7</source>
            <translation>给变体 7 加星</translation>
        </message>
        <message>
            <source>Star variation 8</source>
            <translation>给变体 8 加星</translation>
        </message>
        <message>
            <source>&amp;Dismiss the variations</source>
            <translation>收起变体(&amp;D)</translation>
        </message>
        <message>
            <source>&amp;Diagnostics</source>
            <translation>诊断(&amp;D)</translation>
        </message>
        <message>
            <source>Run &amp;twice as long</source>
            <translation>延长一倍(&amp;T)</translation>
        </message>
        <message>
            <source>&amp;Hide the warm-up</source>
            <translation>隐藏预热(&amp;H)</translation>
        </message>
        <message>
            <source>&amp;Play or pause</source>
            <translation>播放或暂停(&amp;P)</translation>
        </message>
        <message>
            <source>Play from the &amp;chosen bars</source>
            <translation>从所选小节播放(&amp;C)</translation>
        </message>
        <message>
            <source>To the &amp;start</source>
            <translation>到开头(&amp;S)</translation>
        </message>
        <message>
            <source>To the &amp;end</source>
            <translation>到结尾(&amp;E)</translation>
        </message>
        <message>
            <source>One bar &amp;back</source>
            <translation>后退一小节(&amp;B)</translation>
        </message>
        <message>
            <source>One bar &amp;forward</source>
            <translation>前进一小节(&amp;F)</translation>
        </message>
        <message>
            <source>&amp;Loop</source>
            <translation>循环(&amp;L)</translation>
        </message>
        <message>
            <source>Loop the chosen ba&amp;rs</source>
            <translation>循环所选小节(&amp;R)</translation>
        </message>
        <message>
            <source>&amp;Metronome</source>
            <translation>节拍器(&amp;M)</translation>
        </message>
        <message>
            <source>Faster</source>
            <translation>更快</translation>
        </message>
        <message>
            <source>Slower</source>
            <translation>更慢</translation>
        </message>
        <message>
            <source>M&amp;ute the voice</source>
            <translation>静音声部(&amp;U)</translation>
        </message>
        <message>
            <source>S&amp;olo the voice</source>
            <translation>独奏声部(&amp;O)</translation>
        </message>
        <message>
            <source>P&amp;anic: silence everything</source>
            <translation>紧急静音(&amp;A)</translation>
        </message>
        <message>
            <source>Choose the sounds (Sound&amp;Font)…</source>
            <translation>选择音色(SoundFont)(&amp;F)…</translation>
        </message>
        <message>
            <source>&amp;Keys and actions</source>
            <translation>快捷键与操作(&amp;K)</translation>
        </message>
        <message>
            <source>&amp;Find an action…</source>
            <translation>查找操作(&amp;F)…</translation>
        </message>
        <message>
            <source>&amp;About Chainsong</source>
            <translation>关于 Chainsong(&amp;A)</translation>
        </message>
        <message>
            <source>&amp;File</source>
            <translation>文件(&amp;F)</translation>
        </message>
        <message>
            <source>&amp;Edit</source>
            <translation>编辑(&amp;E)</translation>
        </message>
        <message>
            <source>&amp;View</source>
            <translation>视图(&amp;V)</translation>
        </message>
        <message>
            <source>&amp;Sampler</source>
            <translation>采样器(&amp;S)</translation>
        </message>
        <message>
            <source>&amp;Playback</source>
            <translation>播放(&amp;P)</translation>
        </message>
        <message>
            <source>&amp;Help</source>
            <translation>帮助(&amp;H)</translation>
        </message>
        <message>
            <source>Plot: &amp;traces</source>
            <translation>图：轨迹(&amp;T)</translation>
        </message>
        <message>
            <source>Plot: &amp;ranks</source>
            <translation>图：秩(&amp;R)</translation>
        </message>
        <message>
            <source>Plot: &amp;densities</source>
            <translation>图：密度(&amp;D)</translation>
        </message>
        <message>
            <source>Plot: running &amp;mean</source>
            <translation>图：累积均值(&amp;M)</translation>
        </message>
        <message>
            <source>Plot: &amp;autocorrelation</source>
            <translation>图：自相关(&amp;A)</translation>
        </message>
        <message>
            <source>Plot: E&amp;SS growth</source>
            <translation>图：ESS 增长(&amp;S)</translation>
        </message>
        <message>
            <source>Plot: &amp;pairs</source>
            <translation>图：配对(&amp;P)</translation>
        </message>
        <message>
            <source>Of the &amp;log score</source>
            <translation>对数得分(&amp;L)</translation>
        </message>
        <message>
            <source>Of the mean pit&amp;ch</source>
            <translation>平均音高(&amp;C)</translation>
        </message>
        <message>
            <source>Of the &amp;notes per quarter</source>
            <translation>每四分音符的音数(&amp;N)</translation>
        </message>
        <message>
            <source>Of the pitch &amp;variety</source>
            <translation>音高多样性(&amp;V)</translation>
        </message>
        <message>
            <source>Of all &amp;four</source>
            <translation>全部四个(&amp;F)</translation>
        </message>
        <message>
            <source>Save the pl&amp;ot…</source>
            <translation>保存图(&amp;O)…</translation>
        </message>
        <message>
            <source>Open a sampler r&amp;un…</source>
            <translation>打开采样结果(&amp;U)…</translation>
        </message>
        <message>
            <source>Open a sampler run&apos;s &amp;folder…</source>
            <translation>打开采样结果的文件夹(&amp;F)…</translation>
        </message>
        <message>
            <source>On the &amp;way to another piece…</source>
            <translation>前往另一首乐曲的途中(&amp;W)…</translation>
        </message>
        <message>
            <source>Remember Chainsong&apos;s o&amp;wn phrases</source>
            <translation>记起 Chainsong 自己的乐句(&amp;O)</translation>
        </message>
        <message>
            <source>Remember phrases of a li&amp;brary…</source>
            <translation>记起乐句库中的乐句(&amp;B)…</translation>
        </message>
        <message>
            <source>Remember no phrases</source>
            <translation>不记起任何乐句</translation>
        </message>
        <message>
            <source>Ho&amp;w original is this?</source>
            <translation>这有多独创(&amp;H)？</translation>
        </message>
    </context>
    <context>
        <name>Chips</name>
        <message>
            <source>Key</source>
            <translation>调性</translation>
        </message>
        <message>
            <source>Mode</source>
            <translation>调式</translation>
        </message>
        <message>
            <source>Metre</source>
            <translation>拍号</translation>
        </message>
        <message>
            <source>BPM</source>
            <translation>BPM</translation>
        </message>
        <message>
            <source>Tempo</source>
            <translation>速度</translation>
        </message>
        <message>
            <source>Bars</source>
            <translation>小节</translation>
        </message>
        <message>
            <source>Seconds</source>
            <translation>秒数</translation>
        </message>
        <message>
            <source>Instruments</source>
            <translation>乐器</translation>
        </message>
        <message>
            <source>Without</source>
            <translation>不要</translation>
        </message>
        <message>
            <source>Voices</source>
            <translation>声部</translation>
        </message>
        <message>
            <source>Style</source>
            <translation>风格</translation>
        </message>
        <message>
            <source>Mood</source>
            <translation>情绪</translation>
        </message>
        <message>
            <source>Energy</source>
            <translation>力度</translation>
        </message>
        <message>
            <source>Density</source>
            <translation>密度</translation>
        </message>
        <message>
            <source>Octaves</source>
            <translation>八度</translation>
        </message>
        <message>
            <source>Form</source>
            <translation>曲式</translation>
        </message>
    </context>
    <context>
        <name>Engine</name>
        <message>
            <source>form: %1 bars cannot be divided into %2 equal sections; the piece takes its form as it comes.</source>
            <translation>曲式：%1 个小节无法等分为 %2 段；乐曲的曲式顺其自然。</translation>
        </message>
        <message>
            <source>form: %1 bars cannot be divided into %2 equal sections</source>
            <translation>曲式：%1 个小节无法等分为 %2 段</translation>
        </message>
        <message>
            <source>Only the prompt model knows of forms; the rules write without one.</source>
            <translation>只有提示词模型懂得曲式；规则不按曲式写作。</translation>
        </message>
        <message>
            <source>The prompt model could not be loaded; composing with rules only.</source>
            <translation>无法加载提示模型；仅按规则作曲。</translation>
        </message>
        <message>
            <source>waiting for the model</source>
            <translation>正在等待模型</translation>
        </message>
        <message>
            <source>reading the prompt</source>
            <translation>正在读取提示</translation>
        </message>
        <message>
            <source>composing</source>
            <translation>正在作曲</translation>
        </message>
        <message>
            <source>resampling</source>
            <translation>正在重新抽样</translation>
        </message>
        <message>
            <source>sampling</source>
            <translation>正在抽样</translation>
        </message>
        <message>
            <source>Rendering sound</source>
            <translation>正在渲染声音</translation>
        </message>
        <message>
            <source>the text was cut after %1 characters</source>
            <translation>文字在 %1 个字符后被截断</translation>
        </message>
        <message>
            <source>%1 can be %2 to %3; %4 was taken as %5</source>
            <translation>%1 可取 %2 到 %3；%4 按 %5 处理</translation>
        </message>
        <message>
            <source>%1 to %2 bars were asked for; the larger number counts</source>
            <translation>要求 %1 到 %2 小节；以较大的数为准</translation>
        </message>
        <message>
            <source>tempo_bpm can be 20 to 300; the range was cut to that</source>
            <translation>tempo_bpm 可取 20 到 300；范围已截取</translation>
        </message>
        <message>
            <source>a piece has at most 8 voices</source>
            <translation>一首乐曲最多 8 个声部</translation>
        </message>
        <message>
            <source>a piece has at most 8 voices; the first 8 instruments count</source>
            <translation>一首乐曲最多 8 个声部；以前 8 件乐器为准</translation>
        </message>
        <message>
            <source>%1 and %2 contradict each other; the last one counts</source>
            <translation>%1 与 %2 矛盾；以后者为准</translation>
        </message>
        <message>
            <source>%1 and %2 contradict each other; the key counts</source>
            <translation>%1 与 %2 矛盾；以调性为准</translation>
        </message>
        <message>
            <source>“%1” is both wanted and not wanted; it is left out</source>
            <translation>“%1”既要又不要；已略去</translation>
        </message>
        <message>
            <source>There is no instrument &quot;%1&quot;; it was left out.</source>
            <translation>没有乐器“%1”；已略去。</translation>
        </message>
        <message>
            <source>The constraints left no way on at first; the sampler had to back up, so the evidence is approximate.</source>
            <translation>约束起初没有出路；采样器不得不回退，因此证据值是近似的。</translation>
        </message>
        <message>
            <source>Sound: %1</source>
            <translation>声音：%1</translation>
        </message>
        <message>
            <source>No sound device found. Playing silently; you can still export WAV.</source>
            <translation>未找到声音设备。将静音播放；仍可导出 WAV。</translation>
        </message>
        <message>
            <source>The sound device was lost: %1. Playing silently until it is back.</source>
            <translation>声音设备丢失：%1。恢复之前静音播放。</translation>
        </message>
        <message>
            <source>No soundfont found. Install one with &quot;sudo apt install timgm6mb-soundfont&quot;, or choose an .sf2 or .sf3 file (CHAINSONG_SOUNDFONT names one, too).</source>
            <translation>未找到 SoundFont。请用“sudo apt install timgm6mb-soundfont”安装，或选择 .sf2 或 .sf3 文件（也可用 CHAINSONG_SOUNDFONT 指定）。</translation>
        </message>
        <message>
            <source>The %1 chains tell the same story (R-hat %2, %3 of %4 independent draws asked for).</source>
            <translation>%1 条链讲的是同一个故事（R-hat %2，独立样本 %3，期望 %4）。</translation>
        </message>
        <message>
            <source>The %1 chains nearly agree (R-hat %2, %3 of %4 independent draws): keep going.</source>
            <translation>%1 条链基本一致（R-hat %2，独立样本 %3/%4）：请继续。</translation>
        </message>
        <message>
            <source>The %1 chains do not agree yet (R-hat %2, %3 of %4 independent draws): do not use these draws.</source>
            <translation>%1 条链尚不一致（R-hat %2，独立样本 %3/%4）：请勿使用这些样本。</translation>
        </message>
        <message>
            <source>The two halves of the chain nearly agree (R-hat %1, %2 of %3 independent draws): keep going.</source>
            <translation>链的前后两半基本一致（R-hat %1，独立样本 %2/%3）：请继续。</translation>
        </message>
        <message>
            <source>The two halves of the chain do not agree yet (R-hat %1, %2 of %3 independent draws): do not use these draws.</source>
            <translation>链的前后两半尚不一致（R-hat %1，独立样本 %2/%3）：请勿使用这些样本。</translation>
        </message>
        <message>
            <source>The %1 chains agree, but a few more independent draws are wanted (R-hat %2, %3 of %4 independent draws): keep going.</source>
            <translation>%1 条链一致，但独立样本还不够（R-hat %2，独立样本 %3/%4）：请继续。</translation>
        </message>
        <message>
            <source>The two halves of the chain agree, but a few more independent draws are wanted (R-hat %1, %2 of %3 independent draws): keep going.</source>
            <translation>链的前后两半一致，但独立样本还不够（R-hat %1，独立样本 %2/%3）：请继续。</translation>
        </message>
        <message>
            <source>The %1 chains do not contradict one another, but there are too few independent draws (R-hat %2, %3 of %4 independent draws): do not use them yet.</source>
            <translation>%1 条链并不矛盾，但独立样本太少（R-hat %2，独立样本 %3/%4）：请暂勿使用。</translation>
        </message>
        <message>
            <source>The two halves of the chain do not contradict one another, but there are too few independent draws (R-hat %1, %2 of %3 independent draws): do not use them yet.</source>
            <translation>链的前后两半并不矛盾，但独立样本太少（R-hat %1，独立样本 %2/%3）：请暂勿使用。</translation>
        </message>
        <message>
            <source>The two halves of the chain agree, but one chain cannot show a second mode.</source>
            <translation>链的前后两半一致，但单条链无法显示第二个众数。</translation>
        </message>
        <message>
            <source>Too early to say: there are fewer than 100 draws.</source>
            <translation>为时尚早：样本少于 100 个。</translation>
        </message>
        <message>
            <source>Too early to say: each chain needs 8 draws at least.</source>
            <translation>为时过早：每条链至少需要 8 个样本。</translation>
        </message>
        <message>
            <source>Nothing moved: every quantity is constant, so R-hat has no meaning.</source>
            <translation>毫无变化：所有量均为常数，R-hat 没有意义。</translation>
        </message>
        <message>
            <source>R-hat and the number of independent draws are fine, but the sampler met trouble: read the warnings.</source>
            <translation>R-hat 与独立样本数都不错，但采样器遇到了问题：请看警告。</translation>
        </message>
        <message>
            <source>Some draws are not finite: do not use this run.</source>
            <translation>部分样本不是有限数：请勿使用此结果。</translation>
        </message>
        <message>
            <source>There is one chain only: R-hat compares its two halves, but a second mode would go unnoticed. Run four.</source>
            <translation>只有一条链：R-hat 只能比较其前后两半，第二个众数会被忽略。请运行四条链。</translation>
        </message>
        <message>
            <source>%1 transition reached the longest trajectory allowed: sampling is slow, not wrong. Raise the tree depth or rescale the parameters.</source>
            <translation>有 %1 次转移达到允许的最长轨迹：采样慢，但没有错。请增大树深度，或重新缩放参数。</translation>
        </message>
        <message>
            <source>%1 transitions reached the longest trajectory allowed: sampling is slow, not wrong. Raise the tree depth or rescale the parameters.</source>
            <translation>有 %1 次转移达到允许的最长轨迹：采样慢，但没有错。请增大树深度，或重新缩放参数。</translation>
        </message>
        <message>
            <source>E-BFMI is %1, below 0.3: the chain explores its energies slowly and may miss the tails. Give the parameters another form.</source>
            <translation>E-BFMI 为 %1，低于 0.3：链探索能量的速度慢，可能遗漏尾部。请换一种参数化。</translation>
        </message>
        <message>
            <source>The chains disagree most about %1. Draw longer; chains that stay apart sit in different modes: temper them (kernel smc), or give the parameters another form.</source>
            <translation>各链分歧最大的是 %1。请采样更久；始终分开的链处于不同的众数：请使用退火（kernel smc），或换一种参数化。</translation>
        </message>
        <message>
            <source>Farthest from settled: %1. Draw longer.</source>
            <translation>离稳定最远的是：%1。请采样更久。</translation>
        </message>
        <message>
            <source>Not every draw is a finite number: %1. Nothing can be said of them.</source>
            <translation>并非每个样本都是有限数：%1。对它们无法下结论。</translation>
        </message>
        <message>
            <source>%1: line %2: the last row is cut off and was left out</source>
            <translation>%1：第 %2 行：最后一行不完整，已略去</translation>
        </message>
        <message>
            <source>The chains hold different numbers of warm-up draws; the first %1 of each are left out.</source>
            <translation>各链的预热样本数不同；每条链的前 %1 个均被略去。</translation>
        </message>
        <message>
            <source>The chains differ in length; what compares them uses the first %1 draws of each.</source>
            <translation>各链长度不同；比较时使用每条链的前 %1 个样本。</translation>
        </message>
        <message>
            <source>there is no such file</source>
            <translation>没有这个文件</translation>
        </message>
        <message>
            <source>the file is empty</source>
            <translation>文件为空</translation>
        </message>
        <message>
            <source>the file is too large to read</source>
            <translation>文件太大，无法读取</translation>
        </message>
        <message>
            <source>the folder holds no .csv files</source>
            <translation>文件夹中没有 .csv 文件</translation>
        </message>
        <message>
            <source>the folder cannot be read</source>
            <translation>无法读取文件夹</translation>
        </message>
        <message>
            <source>there are no draws after warm-up</source>
            <translation>预热之后没有样本</translation>
        </message>
        <message>
            <source>the file names no quantity, only columns of the sampler</source>
            <translation>文件中没有任何量，只有采样器自己的列</translation>
        </message>
        <message>
            <source>line %1: the file holds no header and no draws</source>
            <translation>第 %1 行：文件没有表头，也没有样本</translation>
        </message>
        <message>
            <source>line %1: the header has a column without a name</source>
            <translation>第 %1 行：表头中有一列没有名称</translation>
        </message>
        <message>
            <source>line %1: the header is missing: the first line holds numbers</source>
            <translation>第 %1 行：缺少表头：第一行是数字</translation>
        </message>
        <message>
            <source>line %1: the header names &quot;%2&quot; twice</source>
            <translation>第 %1 行：表头中“%2”出现两次</translation>
        </message>
        <message>
            <source>line %1: the row has %2 values, the header names %3</source>
            <translation>第 %1 行：该行有 %2 个值，表头有 %3 个</translation>
        </message>
        <message>
            <source>line %1: &quot;%2&quot; in column %3 is not a number</source>
            <translation>第 %1 行：“%2”（列 %3）不是数字</translation>
        </message>
        <message>
            <source>line %1: the file holds too many draws to read</source>
            <translation>第 %1 行：文件中的样本太多，无法读取</translation>
        </message>
        <message>
            <source>this is no chain of the same run: the column &quot;%1&quot; is missing</source>
            <translation>这不是同一次运行的链：缺少列“%1”</translation>
        </message>
        <message>
            <source>this is no chain of the same run: the column &quot;%1&quot; is not in the first file</source>
            <translation>这不是同一次运行的链：第一个文件中没有列“%1”</translation>
        </message>
        <message>
            <source>this is no chain of the same run: the columns stand in another order than in the first file</source>
            <translation>这不是同一次运行的链：列的顺序与第一个文件不同</translation>
        </message>
        <message>
            <source>more than %1 files are too many chains for one run</source>
            <translation>一次运行的文件不能超过 %1 个</translation>
        </message>
        <message>
            <source>%1 transition diverged: the draws may miss a narrow part of the distribution. Take local steps (walnuts), raise the target acceptance, or give the parameters another form.</source>
            <translation>有 %1 次转移发散：样本可能遗漏分布的狭窄部分。请采用局部步长（walnuts），提高目标接受率，或换一种参数化。</translation>
        </message>
        <message>
            <source>%1 transitions diverged: the draws may miss a narrow part of the distribution. Take local steps (walnuts), raise the target acceptance, or give the parameters another form.</source>
            <translation>有 %1 次转移发散：样本可能遗漏分布的狭窄部分。请采用局部步长（walnuts），提高目标接受率，或换一种参数化。</translation>
        </message>
    </context>
    <context>
        <name>Export</name>
        <message>
            <source>MIDI for notation programs</source>
            <translation>供制谱软件的 MIDI</translation>
        </message>
        <message>
            <source>Exactly on the grid and in whole beats a minute, as MuseScore and others like to read it.</source>
            <translation>严格对齐网格，速度为整数，便于 MuseScore 等软件读取。</translation>
        </message>
        <message>
            <source>MIDI as performed</source>
            <translation>按演奏的 MIDI</translation>
        </message>
        <message>
            <source>Every note exactly as it stands on the roll, for sequencers.</source>
            <translation>每个音符与卷帘上完全一致，供音序器使用。</translation>
        </message>
        <message>
            <source>Sound: WAV</source>
            <translation>声音：WAV</translation>
        </message>
        <message>
            <source>44.1 kHz stereo, uncompressed.</source>
            <translation>44.1 kHz 立体声，未压缩。</translation>
        </message>
        <message>
            <source>Sound: FLAC</source>
            <translation>声音：FLAC</translation>
        </message>
        <message>
            <source>Compressed without loss.</source>
            <translation>无损压缩。</translation>
        </message>
        <message>
            <source>Sound: OGG Vorbis</source>
            <translation>声音：OGG Vorbis</translation>
        </message>
        <message>
            <source>Small files for sending around.</source>
            <translation>体积小，便于发送。</translation>
        </message>
        <message>
            <source>Notation: MusicXML</source>
            <translation>乐谱：MusicXML</translation>
        </message>
        <message>
            <source>The best way into MuseScore, Sibelius, Finale and Dorico.</source>
            <translation>导入 MuseScore、Sibelius、Finale 和 Dorico 的最佳方式。</translation>
        </message>
        <message>
            <source>Picture of the piano roll: PNG</source>
            <translation>钢琴卷帘图片：PNG</translation>
        </message>
        <message>
            <source>For slides and papers.</source>
            <translation>用于幻灯片和论文。</translation>
        </message>
    </context>
    <context>
        <name>Originality</name>
        <message>
            <source>no run of nine notes stands there</source>
            <translation>没有九个音的片段与之相同</translation>
        </message>
        <message>
            <source>longest run %1 notes; %2 % of its stretches of nine notes stand there</source>
            <translation>最长相同片段 %1 个音；九音片段中有 %2 % 与之相同</translation>
        </message>
        <message>
            <source>Voice %1</source>
            <translation>声部 %1</translation>
        </message>
        <message>
            <source>%1, against the music that was learnt from: %2</source>
            <translation>%1，与学习所用的音乐相比：%2</translation>
        </message>
        <message>
            <source>%1, against the library: %2</source>
            <translation>%1，与乐句库相比：%2</translation>
        </message>
        <message>
            <source>… in “%1”</source>
            <translation>……见于“%1”</translation>
        </message>
        <message>
            <source>Music of people, for comparison: longest run %1 notes in the middle, %2 at most in 95 of 100 voices; %3 % of the stretches.</source>
            <translation>人写的音乐作比较：最长相同片段的中位数为 %1 个音，100 个声部中有 95 个至多 %2 个音；片段占 %3 %。</translation>
        </message>
        <message>
            <source>No voice here has a melody to compare.</source>
            <translation>这里没有可比较旋律的声部。</translation>
        </message>
    </context>
    <context>
        <name>PianoRoll</name>
        <message>
            <source>%1 %</source>
            <translation>%1%</translation>
        </message>
        <message>
            <source>rest %1</source>
            <translation>其余 %1</translation>
        </message>
        <message>
            <source>%1 draws</source>
            <translation>%1 个样本</translation>
        </message>
        <message>
            <source>%1 – from %2, %3</source>
            <translation>%1 — 来自 %2，%3</translation>
        </message>
        <message>
            <source>%1 chains</source>
            <translation>%1 条链</translation>
        </message>
        <message>
            <source>%1 – from %2</source>
            <translation>%1 — 来自 %2</translation>
        </message>
        <message>
            <source>bar %1</source>
            <translation>第 %1 小节</translation>
        </message>
        <message>
            <source>bars %1–%2</source>
            <translation>第 %1–%2 小节</translation>
        </message>
        <message>
            <source>velocity</source>
            <translation>力度</translation>
        </message>
        <message>
            <source>undecided</source>
            <translation>不确定</translation>
        </message>
        <message>
            <source>other choice: click to take</source>
            <translation>其他选择：点击采用</translation>
        </message>
        <message>
            <source>below 50 %</source>
            <translation>低于 50%</translation>
        </message>
        <message>
            <source>How sure  (U)</source>
            <translation>把握程度 (U)</translation>
        </message>
    </context>
    <context>
        <name>PlotKind</name>
        <message>
            <source>Traces</source>
            <translation>轨迹</translation>
        </message>
        <message>
            <source>Ranks</source>
            <translation>秩</translation>
        </message>
        <message>
            <source>Densities</source>
            <translation>密度</translation>
        </message>
        <message>
            <source>Running mean</source>
            <translation>累积均值</translation>
        </message>
        <message>
            <source>Autocorrelation</source>
            <translation>自相关</translation>
        </message>
        <message>
            <source>ESS growth</source>
            <translation>ESS 增长</translation>
        </message>
        <message>
            <source>Pairs</source>
            <translation>配对</translation>
        </message>
        <message>
            <source>Energy</source>
            <translation>能量</translation>
        </message>
        <message>
            <source>Draw by draw: chains that agree look like one fuzzy caterpillar.</source>
            <translation>逐个样本：一致的链看起来像一条毛毛虫。</translation>
        </message>
        <message>
            <source>Each chain&apos;s share of the low and high draws: while the chains agree, all lines stay in the band.</source>
            <translation>每条链占低值和高值样本的份额：只要各链一致，所有曲线都在带内。</translation>
        </message>
        <message>
            <source>Chains that lie on each other give the same answer.</source>
            <translation>重叠的链给出相同的答案。</translation>
        </message>
        <message>
            <source>The mean of all draws so far, ± 2 Monte Carlo standard errors: a funnel that narrows and stays level.</source>
            <translation>到目前为止所有样本的均值，± 2 个蒙特卡罗标准误：应是逐渐收窄且保持水平的漏斗。</translation>
        </message>
        <message>
            <source>How much a draw still knows of the one so many draws before: the sooner zero, the better.</source>
            <translation>一个样本对之前若干步的样本还记得多少：越早归零越好。</translation>
        </message>
        <message>
            <source>Independent draws while the run grew: straight lines are good; if flat, running longer will not help.</source>
            <translation>随着运行增长的独立样本数：直线为好；若平坦，运行更久也无济于事。</translation>
        </message>
        <message>
            <source>Two quantities against each other: ridges and funnels are hard; crosses are divergences.</source>
            <translation>两个量的散点图：山脊和漏斗难以采样；叉号表示发散。</translation>
        </message>
        <message>
            <source>The steps between draws should be about as wide as the energies they must reach.</source>
            <translation>样本之间的步幅应与需要到达的能量范围大致同宽。</translation>
        </message>
    </context>
    <context>
        <name>Reasons</name>
        <message>
            <source>&lt; 1 %</source>
            <translation>&lt; 1 %</translation>
        </message>
        <message>
            <source>%1 %</source>
            <translation>%1 %</translation>
        </message>
        <message>
            <source>“%1”</source>
            <translation>“%1”</translation>
        </message>
        <message>
            <source>bar %1</source>
            <translation>第 %1 小节</translation>
        </message>
        <message>
            <source>bar %1, given</source>
            <translation>第 %1 小节（已给定）</translation>
        </message>
        <message>
            <source>Model: %1 for this pitch</source>
            <translation>模型给这个音高 %1</translation>
        </message>
        <message>
            <source>%1; else %2</source>
            <translation>%1；其他可能 %2</translation>
        </message>
        <message>
            <source>It looked at %1</source>
            <translation>它参考了 %1</translation>
        </message>
    </context>
    <context>
        <name>RunPictures</name>
        <message>
            <source>There are no draws after the warm-up yet.</source>
            <translation>预热之后还没有样本。</translation>
        </message>
        <message>
            <source>Not every draw is a finite number: nothing can be said of it.</source>
            <translation>并非每个样本都是有限数：无法下结论。</translation>
        </message>
        <message>
            <source>Too few draws: each chain needs %1 at least.</source>
            <translation>样本太少：每条链至少需要 %1 个。</translation>
        </message>
        <message>
            <source>All draws are equal: nothing moved.</source>
            <translation>所有样本都相同：毫无变化。</translation>
        </message>
        <message>
            <source>Ranks compare chains, and there is only one. Run several.</source>
            <translation>秩用于比较多条链，而这里只有一条。请运行多条链。</translation>
        </message>
        <message>
            <source>share of all draws, from the lowest</source>
            <translation>全部样本的份额（从最低起）</translation>
        </message>
        <message>
            <source>too many / too few</source>
            <translation>过多 / 过少</translation>
        </message>
        <message>
            <source>95 % if the chains agree</source>
            <translation>各链一致时的 95 % 范围</translation>
        </message>
        <message>
            <source>Each chain&apos;s share of the low and high draws: while the chains agree, all lines stay in the band at once, 19 times in 20.</source>
            <translation>每条链占低值和高值样本的份额：若各链一致，20 次中有 19 次所有曲线同时位于带内。</translation>
        </message>
        <message>
            <source>One draw in %1 counts, because neighbours resemble each other.</source>
            <translation>每 %1 个样本取一个，因为相邻样本彼此相似。</translation>
        </message>
        <message>
            <source>draws of each chain</source>
            <translation>每条链的样本数</translation>
        </message>
        <message>
            <source>± 2 standard errors</source>
            <translation>± 2 个标准误</translation>
        </message>
        <message>
            <source>all chains</source>
            <translation>所有链</translation>
        </message>
        <message>
            <source>lag in draws</source>
            <translation>滞后（样本数）</translation>
        </message>
        <message>
            <source>independent draws</source>
            <translation>独立样本</translation>
        </message>
        <message>
            <source>1 in %1</source>
            <translation>%1 取 1</translation>
        </message>
        <message>
            <source>How much a draw still knows of earlier ones; in the first panel one draw in %1 is independent.</source>
            <translation>一个样本对更早的样本还记得多少；第一幅图中每 %1 个样本有一个是独立的。</translation>
        </message>
        <message>
            <source>%1 wished for</source>
            <translation>期望 %1</translation>
        </message>
        <message>
            <source>middle (bulk)</source>
            <translation>主体 (bulk)</translation>
        </message>
        <message>
            <source>extremes (tail)</source>
            <translation>尾部 (tail)</translation>
        </message>
        <message>
            <source>ESS %1</source>
            <translation>ESS %1</translation>
        </message>
        <message>
            <source>divergence</source>
            <translation>发散</translation>
        </message>
        <message>
            <source>There is no draw with two finite values.</source>
            <translation>没有两个值都有限的样本。</translation>
        </message>
        <message>
            <source>energy, minus its mean</source>
            <translation>能量（减去均值）</translation>
        </message>
        <message>
            <source>energies of the draws</source>
            <translation>各样本的能量</translation>
        </message>
        <message>
            <source>steps between draws</source>
            <translation>样本之间的步幅</translation>
        </message>
        <message>
            <source>E-BFMI %1</source>
            <translation>E-BFMI %1</translation>
        </message>
        <message>
            <source>The steps should be about as wide as the energies; E-BFMI by chain: %1 (0.3 or more is wished for).</source>
            <translation>步幅应与能量范围大致同宽；各链的 E-BFMI：%1（期望不低于 0.3）。</translation>
        </message>
        <message>
            <source>There is no quantity to plot.</source>
            <translation>没有可绘制的量。</translation>
        </message>
        <message>
            <source>A pair needs two quantities, and there is only one.</source>
            <translation>配对需要两个量，而这里只有一个。</translation>
        </message>
        <message>
            <source>all inside</source>
            <translation>均在带内</translation>
        </message>
        <message>
            <source>%1 outside</source>
            <translation>%1 在带外</translation>
        </message>
    </context>
    <context>
        <name>RunPlot</name>
        <message>
            <source>divergence</source>
            <translation>发散</translation>
        </message>
        <message>
            <source>chain %1</source>
            <translation>链 %1</translation>
        </message>
        <message>
            <source>draw</source>
            <translation>样本</translation>
        </message>
    </context>
    <context>
        <name>Verdict</name>
        <message>
            <source>good</source>
            <translation>良好</translation>
        </message>
        <message>
            <source>keep going</source>
            <translation>继续</translation>
        </message>
        <message>
            <source>not yet</source>
            <translation>尚未</translation>
        </message>
        <message>
            <source>too early</source>
            <translation>为时过早</translation>
        </message>
    </context>
    <context>
        <name>Words</name>
        <message numerus="yes">
            <source>Add %n note(s)</source>
            <translation>
                <numerusform>添加 %n 个音符</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Erase %n note(s)</source>
            <translation>
                <numerusform>删除 %n 个音符</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Move %n note(s)</source>
            <translation>
                <numerusform>移动 %n 个音符</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Transpose %n note(s)</source>
            <translation>
                <numerusform>移调 %n 个音符</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Change the length of %n note(s)</source>
            <translation>
                <numerusform>更改 %n 个音符的长度</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Change the loudness of %n note(s)</source>
            <translation>
                <numerusform>更改 %n 个音符的力度</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Move %n note(s) along the scale</source>
            <translation>
                <numerusform>沿音阶移动 %n 个音符</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Quantise %n note(s)</source>
            <translation>
                <numerusform>量化 %n 个音符</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Pin %n note(s)</source>
            <translation>
                <numerusform>固定 %n 个音符</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Unpin %n note(s)</source>
            <translation>
                <numerusform>放开 %n 个音符</numerusform>
            </translation>
        </message>
        <message>
            <source>Change the tempo</source>
            <translation>更改速度</translation>
        </message>
        <message>
            <source>Change the key</source>
            <translation>更改调性</translation>
        </message>
        <message>
            <source>Change a voice</source>
            <translation>更改声部</translation>
        </message>
        <message>
            <source>Add a voice</source>
            <translation>添加声部</translation>
        </message>
        <message>
            <source>Erase a voice</source>
            <translation>删除声部</translation>
        </message>
        <message>
            <source>Replace the piece</source>
            <translation>替换乐曲</translation>
        </message>
        <message>
            <source>the whole piece</source>
            <translation>整首乐曲</translation>
        </message>
        <message>
            <source>bar %1</source>
            <translation>第 %1 小节</translation>
        </message>
        <message>
            <source>bars %1–%2</source>
            <translation>第 %1–%2 小节</translation>
        </message>
    </context>
    <context>
        <name>chainsong::AboutDialog</name>
        <message>
            <source>About Chainsong</source>
            <translation>关于 Chainsong</translation>
        </message>
        <message>
            <source>Chainsong</source>
            <translation>Chainsong</translation>
        </message>
        <message>
            <source>A studio for composing by inference: say what you want, pin what you like, and hear what the posterior has to offer.</source>
            <translation>用推断来作曲的工作室：说出想要的，固定喜欢的，聆听后验分布所能给出的音乐。</translation>
        </message>
        <message>
            <source>Model in use: %1</source>
            <translation>当前模型：%1</translation>
        </message>
        <message>
            <source>still loading</source>
            <translation>仍在加载</translation>
        </message>
        <message>
            <source>Free software under the GNU General Public License, version 3 or later. It comes without any warranty.</source>
            <translation>自由软件，遵循 GNU 通用公共许可证第 3 版或更新版本，不附带任何担保。</translation>
        </message>
        <message>
            <source>Libraries</source>
            <translation>程序库</translation>
        </message>
        <message>
            <source>Chainsong stands on the work of others:</source>
            <translation>Chainsong 建立在他人的工作之上：</translation>
        </message>
        <message>
            <source>Music it learned from</source>
            <translation>学习所用的音乐</translation>
        </message>
        <message>
            <source>The prompt model was trained on these collections, among others in the public domain:</source>
            <translation>提示模型使用了以下曲集以及其他公有领域的曲集进行训练：</translation>
        </message>
        <message>
            <source>With thanks to:</source>
            <translation>特别感谢：</translation>
        </message>
    </context>
    <context>
        <name>chainsong::ActionSheet</name>
        <message>
            <source>Keys and actions</source>
            <translation>快捷键与操作</translation>
        </message>
        <message>
            <source>What would you like to do?</source>
            <translation>想做什么？</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>搜索</translation>
        </message>
    </context>
    <context>
        <name>chainsong::ChipRow</name>
        <message>
            <source>Not understood: it does not steer the music.</source>
            <translation>未能理解：不影响音乐。</translation>
        </message>
        <message>
            <source>Add a wish: key, metre, tempo, instruments …</source>
            <translation>添加愿望：调性、拍号、速度、乐器……</translation>
        </message>
        <message>
            <source>Add a wish</source>
            <translation>添加愿望</translation>
        </message>
    </context>
    <context>
        <name>chainsong::ChipView</name>
        <message>
            <source>%1: %2</source>
            <translation>%1：%2</translation>
        </message>
        <message>
            <source>Set by you; wins over the text.</source>
            <translation>由你设定；优先于文字。</translation>
        </message>
        <message>
            <source>Read from the text.</source>
            <translation>从文字读出。</translation>
        </message>
        <message>
            <source>%1 % sure.</source>
            <translation>把握 %1%。</translation>
        </message>
        <message>
            <source>Click to change it, Delete to remove it.</source>
            <translation>点击修改，按 Delete 移除。</translation>
        </message>
        <message>
            <source>Remove %1</source>
            <translation>移除%1</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>移除</translation>
        </message>
    </context>
    <context>
        <name>chainsong::ComposeDesk</name>
        <message>
            <source>“%1” is nothing that %2 can be. It stays as it was.</source>
            <translation>“%1”不能作为%2，保持原样。</translation>
        </message>
        <message>
            <source>There is no run to repeat yet: compose or resample first.</source>
            <translation>还没有可重复的运行：请先作曲或重新抽样。</translation>
        </message>
        <message>
            <source>Stopped. Your notes are unchanged.</source>
            <translation>已停止。你的音符没有改变。</translation>
        </message>
        <message numerus="yes">
            <source>Stopped. Your notes are unchanged; %n finished variation(s) stay.</source>
            <translation>
                <numerusform>已停止。你的音符没有改变；保留 %n 个完成的变体。</numerusform>
            </translation>
        </message>
        <message>
            <source>Compose</source>
            <translation>作曲</translation>
        </message>
        <message>
            <source>Not kept: %1. %2</source>
            <translation>未满足：%1。%2</translation>
        </message>
        <message numerus="yes">
            <source>%n variation(s) in %1 s. 1–%2 to listen, Enter to keep. Everything can be undone.</source>
            <translation>
                <numerusform>%n 个变体，用时 %1 秒。1–%2 试听，Enter 保留。一切都可撤销。</numerusform>
            </translation>
        </message>
        <message>
            <source>Nothing was changed.</source>
            <translation>没有任何改变。</translation>
        </message>
        <message>
            <source>There is no variation %1.</source>
            <translation>没有变体 %1。</translation>
        </message>
        <message>
            <source>There are no variations yet: compose, or resample chosen bars.</source>
            <translation>还没有变体：请作曲，或重新抽样所选小节。</translation>
        </message>
        <message>
            <source>That is what stands there already.</source>
            <translation>那里已经是这样了。</translation>
        </message>
        <message>
            <source>Back to the original</source>
            <translation>回到原来的</translation>
        </message>
        <message>
            <source>Keep variation %1 of %2</source>
            <translation>保留变体 %1（%2）</translation>
        </message>
        <message>
            <source>Kept. Ctrl+Z brings back what was there before.</source>
            <translation>已保留。Ctrl+Z 可恢复之前的内容。</translation>
        </message>
        <message>
            <source>The other piece has no notes to go to.</source>
            <translation>另一首乐曲没有音符可前往。</translation>
        </message>
        <message>
            <source>This piece has no notes to start from: compose or write some first.</source>
            <translation>这首乐曲还没有可出发的音符：请先作曲或写一些。</translation>
        </message>
    </context>
    <context>
        <name>chainsong::Diagnosing</name>
        <message>
            <source>Log score</source>
            <translation>对数得分</translation>
        </message>
        <message>
            <source>Mean pitch</source>
            <translation>平均音高</translation>
        </message>
        <message>
            <source>Notes per quarter</source>
            <translation>每四分音符的音符数</translation>
        </message>
        <message>
            <source>Pitch variety (bits)</source>
            <translation>音高多样性（比特）</translation>
        </message>
    </context>
    <context>
        <name>chainsong::DiagnosticsTable</name>
        <message>
            <source>Diagnostics</source>
            <translation>诊断</translation>
        </message>
        <message>
            <source>Quantity</source>
            <translation>统计量</translation>
        </message>
        <message>
            <source>What is being estimated; click a row to see its trace.</source>
            <translation>所估计的量；点击一行查看其轨迹。</translation>
        </message>
        <message>
            <source>Verdict</source>
            <translation>结论</translation>
        </message>
        <message>
            <source>● good, ▲ keep going, ■ not yet, ○ too early to say.</source>
            <translation>● 良好，▲ 继续，■ 尚未，○ 为时过早。</translation>
        </message>
        <message>
            <source>Agreement</source>
            <translation>一致性</translation>
        </message>
        <message>
            <source>R-hat: 1 when all chains tell the same story; below 1.01 is good.</source>
            <translation>R-hat：各链讲述同一个故事时为 1；低于 1.01 为良好。</translation>
        </message>
        <message>
            <source>Takes</source>
            <translation>独立样本</translation>
        </message>
        <message>
            <source>ESS, bulk: so many independent draws would know the middle equally well; wish for 100 a chain.</source>
            <translation>ESS（主体）：这么多独立样本对中部的了解与此相当；每条链宜有 100。</translation>
        </message>
        <message>
            <source>Tail takes</source>
            <translation>尾部样本</translation>
        </message>
        <message>
            <source>ESS, tail: the same for the rare, extreme values.</source>
            <translation>ESS（尾部）：对罕见极端值的同样度量。</translation>
        </message>
        <message>
            <source>Mean</source>
            <translation>均值</translation>
        </message>
        <message>
            <source>The average over all draws that count.</source>
            <translation>所有计入样本的平均。</translation>
        </message>
        <message>
            <source>SD</source>
            <translation>标准差</translation>
        </message>
        <message>
            <source>Standard deviation: how far the draws spread around the mean.</source>
            <translation>标准差：样本围绕均值的分散程度。</translation>
        </message>
        <message>
            <source>MCSE</source>
            <translation>MCSE</translation>
        </message>
        <message>
            <source>Monte Carlo standard error: how far the mean may be off because the run was finite.</source>
            <translation>蒙特卡洛标准误：由于运行有限，均值可能的偏差。</translation>
        </message>
        <message>
            <source>Nothing has been sampled yet.</source>
            <translation>尚未抽样。</translation>
        </message>
        <message>
            <source>All chains tell the same story.</source>
            <translation>各链讲述同一个故事。</translation>
        </message>
        <message>
            <source>The chains do not agree on “%1” yet. Run longer, or loosen the wishes.</source>
            <translation>各链对“%1”尚未一致。请延长运行，或放宽愿望。</translation>
        </message>
        <message>
            <source>Nearly there: a longer run will settle it.</source>
            <translation>就快好了：延长运行即可确定。</translation>
        </message>
        <message>
            <source>Too early to say: more draws are needed.</source>
            <translation>为时过早：需要更多样本。</translation>
        </message>
    </context>
    <context>
        <name>chainsong::EditDesk</name>
        <message>
            <source>Nothing is selected.</source>
            <translation>没有选中任何内容。</translation>
        </message>
        <message numerus="yes">
            <source>%n note(s) copied.</source>
            <translation>
                <numerusform>已复制 %n 个音符。</numerusform>
            </translation>
        </message>
        <message>
            <source>Nothing was copied yet.</source>
            <translation>还没有复制任何内容。</translation>
        </message>
        <message>
            <source>Select the notes that shall stay; then P pins them.</source>
            <translation>选中要保留的音符，再按 P 固定。</translation>
        </message>
        <message>
            <source>Take the alternative</source>
            <translation>采用候选</translation>
        </message>
    </context>
    <context>
        <name>chainsong::ExportDialog</name>
        <message>
            <source>Export</source>
            <translation>导出</translation>
        </message>
        <message>
            <source>&amp;Format</source>
            <translation>格式(&amp;F)</translation>
        </message>
        <message>
            <source>&amp;Browse…</source>
            <translation>浏览(&amp;B)…</translation>
        </message>
        <message>
            <source>F&amp;ile</source>
            <translation>文件(&amp;I)</translation>
        </message>
        <message>
            <source>File</source>
            <translation>文件</translation>
        </message>
        <message>
            <source>&amp;Export</source>
            <translation>导出(&amp;E)</translation>
        </message>
    </context>
    <context>
        <name>chainsong::FileDesk</name>
        <message>
            <source>Saved %1.</source>
            <translation>已保存 %1。</translation>
        </message>
        <message>
            <source>Show the folder</source>
            <translation>显示文件夹</translation>
        </message>
        <message>
            <source>Change the wishes</source>
            <translation>更改愿望</translation>
        </message>
        <message>
            <source>Go back to: %1</source>
            <translation>回到：%1</translation>
        </message>
        <message>
            <source>Could not save: %1. Your work is safe in the window; save it elsewhere.</source>
            <translation>无法保存：%1。你的作品在窗口中是安全的；请保存到别处。</translation>
        </message>
        <message>
            <source>Save elsewhere…</source>
            <translation>保存到别处…</translation>
        </message>
        <message>
            <source>untitled</source>
            <translation>未命名</translation>
        </message>
        <message numerus="yes">
            <source>%n note(s)</source>
            <translation>
                <numerusform>%n 个音符</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n voice(s)</source>
            <translation>
                <numerusform>%n 个声部</numerusform>
            </translation>
        </message>
        <message>
            <source>Saved. Every step is saved as you make it.</source>
            <translation>已保存。每一步都会即时保存。</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>保存</translation>
        </message>
        <message>
            <source>Could not save: %1. Your work is safe in the recovery copy.</source>
            <translation>无法保存：%1。你的作品在恢复副本中是安全的。</translation>
        </message>
        <message>
            <source>Saved as %1.</source>
            <translation>已保存为 %1。</translation>
        </message>
        <message>
            <source>Export stopped; no file was written.</source>
            <translation>导出已停止；没有写入文件。</translation>
        </message>
        <message>
            <source>The last session ended unexpectedly (%1). Its piece was kept.</source>
            <translation>上次会话意外结束（%1）。乐曲已保留。</translation>
        </message>
        <message>
            <source>Restore</source>
            <translation>恢复</translation>
        </message>
    </context>
    <context>
        <name>chainsong::MainWindow</name>
        <message>
            <source>Steps that can be undone</source>
            <translation>可以撤销的步骤</translation>
        </message>
        <message>
            <source>Voices</source>
            <translation>声部</translation>
        </message>
        <message>
            <source>Cards</source>
            <translation>卡片</translation>
        </message>
        <message>
            <source>Sampler</source>
            <translation>采样器</translation>
        </message>
        <message>
            <source>History</source>
            <translation>历史</translation>
        </message>
        <message>
            <source>Diagnostics</source>
            <translation>诊断</translation>
        </message>
        <message>
            <source>Open &amp;recent</source>
            <translation>最近打开(&amp;R)</translation>
        </message>
        <message>
            <source>&amp;Theme</source>
            <translation>主题(&amp;T)</translation>
        </message>
        <message>
            <source>&amp;Language</source>
            <translation>语言(&amp;L)</translation>
        </message>
        <message>
            <source>Sound &amp;output</source>
            <translation>声音输出(&amp;O)</translation>
        </message>
    </context>
    <context>
        <name>chainsong::MessageBar</name>
        <message>
            <source>Close this message (Esc)</source>
            <translation>关闭此消息（Esc）</translation>
        </message>
        <message>
            <source>Close message</source>
            <translation>关闭消息</translation>
        </message>
    </context>
    <context>
        <name>chainsong::PeakMeter</name>
        <message>
            <source>Level</source>
            <translation>电平</translation>
        </message>
        <message>
            <source>Level of the output. The light at the end: it clips, turn the volume down.</source>
            <translation>输出电平。末端亮灯表示削波，请调低音量。</translation>
        </message>
    </context>
    <context>
        <name>chainsong::PianoRoll</name>
        <message>
            <source>Piano roll</source>
            <translation>钢琴卷帘</translation>
        </message>
        <message>
            <source>%1, bar %2 beat %3</source>
            <translation>%1，第 %2 小节第 %3 拍</translation>
        </message>
        <message>
            <source> plus %1</source>
            <translation> 加 %1</translation>
        </message>
        <message>
            <source>, length 1 beat</source>
            <translation>，长 1 拍</translation>
        </message>
        <message>
            <source>, length %1 beats</source>
            <translation>，长 %1 拍</translation>
        </message>
        <message>
            <source>, velocity %1</source>
            <translation>，力度 %1</translation>
        </message>
        <message>
            <source>, %1 % sure</source>
            <translation>，把握 %1%</translation>
        </message>
        <message>
            <source>, pinned</source>
            <translation>，已固定</translation>
        </message>
        <message>
            <source>Playhead at bar %1 beat %2.</source>
            <translation>播放位置：第 %1 小节第 %2 拍。</translation>
        </message>
        <message>
            <source>Selected: %1.</source>
            <translation>已选：%1。</translation>
        </message>
        <message>
            <source>%1 notes selected.</source>
            <translation>已选 %1 个音符。</translation>
        </message>
        <message>
            <source>Cursor on %1, bar %2 beat %3.</source>
            <translation>光标在 %1，第 %2 小节第 %3 拍。</translation>
        </message>
        <message>
            <source>%1 in %2 % of the draws. Click to take it.</source>
            <translation>%1 出现在 %2% 的样本中。点击采用。</translation>
        </message>
        <message>
            <source>Click: play from here. Drag: loop. Alt+click: hear the chord.</source>
            <translation>点击：从此处播放。拖动：循环。Alt+点击：听和弦。</translation>
        </message>
        <message>
            <source>Drag: choose bars to resample (R).</source>
            <translation>拖动：选择要重新抽样的小节（R）。</translation>
        </message>
        <message>
            <source>Drag a stem: louder or softer, with the whole selection. Ctrl+drag: draw a line.</source>
            <translation>拖动竖条：随所选一起变响或变轻。Ctrl+拖动：画线。</translation>
        </message>
        <message>
            <source>How undecided the draws are in each beat, in bits. Click to go there.</source>
            <translation>各拍中样本的不确定程度（比特）。点击前往。</translation>
        </message>
    </context>
    <context>
        <name>chainsong::PromptBar</name>
        <message>
            <source>Surprise</source>
            <translation>惊喜</translation>
        </message>
        <message>
            <source>Surprise (temperature): low values keep to the most likely music, high values dare more.</source>
            <translation>惊喜（温度）：值低则贴近最可能的音乐，值高则更大胆。</translation>
        </message>
        <message>
            <source>as asked</source>
            <translation>按提示</translation>
        </message>
        <message>
            <source> bars</source>
            <translation> 小节</translation>
        </message>
        <message>
            <source>Length in bars</source>
            <translation>长度（小节）</translation>
        </message>
        <message>
            <source>Length in bars; at 0 the prompt decides</source>
            <translation>长度（小节）；为 0 时由提示决定</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>种子</translation>
        </message>
        <message>
            <source>Seed of the random numbers: the same seed and wishes give the same piece</source>
            <translation>随机数种子：相同的种子与愿望得到相同的乐曲</translation>
        </message>
        <message>
            <source>Roll the dice for another seed</source>
            <translation>掷骰子换一个种子</translation>
        </message>
        <message>
            <source>Another seed</source>
            <translation>换一个种子</translation>
        </message>
        <message>
            <source>Safe</source>
            <translation>稳妥</translation>
        </message>
        <message>
            <source>Surprising</source>
            <translation>惊喜</translation>
        </message>
        <message>
            <source>Length</source>
            <translation>长度</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Compose</source>
            <translation>作曲</translation>
        </message>
        <message>
            <source>Stop; your notes stay as they are (Esc)</source>
            <translation>停止；你的音符保持不变（Esc）</translation>
        </message>
        <message>
            <source>Compose (Ctrl+Enter)</source>
            <translation>作曲（Ctrl+Enter）</translation>
        </message>
    </context>
    <context>
        <name>chainsong::PromptEdit</name>
        <message>
            <source>What should it sound like?  For example: a slow waltz in D minor for piano and cello, 16 bars</source>
            <translation>想要什么样的音乐？例如：一首 D 小调慢板圆舞曲，钢琴和大提琴，16 小节</translation>
        </message>
        <message>
            <source>Prompt</source>
            <translation>提示</translation>
        </message>
        <message>
            <source>Describe the music in your own words (/). Tinted words were understood, dotted ones were not.</source>
            <translation>用自己的话描述音乐（/）。着色的词已理解，点线的词未理解。</translation>
        </message>
    </context>
    <context>
        <name>chainsong::RollBar</name>
        <message>
            <source>Select and move</source>
            <translation>选择与移动</translation>
        </message>
        <message>
            <source>Draw notes</source>
            <translation>绘制音符</translation>
        </message>
        <message>
            <source>Erase notes</source>
            <translation>擦除音符</translation>
        </message>
        <message>
            <source>The grid that notes snap to ([ and ]); T = triplet. Alt while dragging: no grid</source>
            <translation>音符吸附的网格（[ 和 ]）；T = 三连音。拖动时按 Alt：不吸附</translation>
        </message>
        <message>
            <source>Grid</source>
            <translation>网格</translation>
        </message>
        <message>
            <source>plain</source>
            <translation>普通</translation>
        </message>
        <message>
            <source>how sure</source>
            <translation>把握程度</translation>
        </message>
        <message>
            <source>alternatives</source>
            <translation>候选</translation>
        </message>
        <message>
            <source>What the notes show of the draws (U): nothing, how sure each note is, or what else could stand there</source>
            <translation>音符显示样本的什么信息（U）：无、每个音符的把握、或该处的其他可能</translation>
        </message>
        <message>
            <source>Notes show</source>
            <translation>音符显示</translation>
        </message>
        <message>
            <source>Notes</source>
            <translation>音符</translation>
        </message>
        <message>
            <source>How far new notes may stray: left a little, right a lot (temperature)</source>
            <translation>新音符可偏离多远：左边少，右边多（温度）</translation>
        </message>
        <message>
            <source>Variety</source>
            <translation>变化</translation>
        </message>
        <message>
            <source>Pin</source>
            <translation>固定</translation>
        </message>
        <message>
            <source>Keep the selected notes as they are (P)</source>
            <translation>保持所选音符不变（P）</translation>
        </message>
        <message>
            <source>Resample</source>
            <translation>重新抽样</translation>
        </message>
        <message>
            <source>Let the machine rewrite these bars (R). The result comes as cards; nothing is overwritten.</source>
            <translation>让机器重写这些小节（R）。结果以卡片给出；不会覆盖任何内容。</translation>
        </message>
        <message numerus="yes">
            <source>%n tick(s)</source>
            <translation>
                <numerusform>%n 个 tick</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>chainsong::RunPlot</name>
        <message>
            <source>Hide warm-up</source>
            <translation>隐藏预热</translation>
        </message>
        <message>
            <source>Kind of plot</source>
            <translation>图的种类</translation>
        </message>
        <message>
            <source>Quantity</source>
            <translation>量</translation>
        </message>
        <message>
            <source>What is plotted; the quantities that need attention come first.</source>
            <translation>所绘制的量；需要注意的排在前面。</translation>
        </message>
        <message>
            <source>The hatched first draws only lead the chains to where the answer is; they do not count.</source>
            <translation>带阴影的最初样本只是把链引向答案所在；它们不计入。</translation>
        </message>
        <message>
            <source>Save…</source>
            <translation>保存…</translation>
        </message>
        <message>
            <source>The plot as PNG, SVG or PDF, or its data as CSV</source>
            <translation>将图存为 PNG、SVG 或 PDF，或将数据存为 CSV</translation>
        </message>
        <message>
            <source>All together</source>
            <translation>全部</translation>
        </message>
        <message>
            <source>The four worst</source>
            <translation>最差的四个</translation>
        </message>
        <message>
            <source>Computing…</source>
            <translation>计算中…</translation>
        </message>
        <message>
            <source>%1: %2, %3</source>
            <translation>%1：%2，%3</translation>
        </message>
        <message>
            <source>%1 chains</source>
            <translation>%1 条链</translation>
        </message>
        <message>
            <source>%1 draws</source>
            <translation>%1 个样本</translation>
        </message>
        <message>
            <source>the plot is still being computed</source>
            <translation>图仍在计算中</translation>
        </message>
        <message>
            <source>a plot can be saved as .png, .svg, .pdf or .csv</source>
            <translation>图可以保存为 .png、.svg、.pdf 或 .csv</translation>
        </message>
    </context>
    <context>
        <name>chainsong::RunWindow</name>
        <message>
            <source>%1 – sampler run</source>
            <translation>%1 – 采样结果</translation>
        </message>
        <message>
            <source>Reading…</source>
            <translation>读取中…</translation>
        </message>
        <message>
            <source>Verdict</source>
            <translation>结论</translation>
        </message>
        <message>
            <source>Find a quantity</source>
            <translation>查找量</translation>
        </message>
        <message>
            <source>Read again</source>
            <translation>重新读取</translation>
        </message>
        <message>
            <source>Read the files anew (F5)</source>
            <translation>重新读取文件 (F5)</translation>
        </message>
        <message numerus="yes">
            <source>%n chain(s)</source>
            <translation>
                <numerusform>%n 条链</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n draw(s) each</source>
            <translation>
                <numerusform>每条 %n 个样本</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n of warm-up before them</source>
            <translation>
                <numerusform>之前有 %n 个预热样本</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n quantity(-ies)</source>
            <translation>
                <numerusform>%n 个量</numerusform>
            </translation>
        </message>
        <message>
            <source>This run cannot be read</source>
            <translation>无法读取此结果</translation>
        </message>
        <message>
            <source>Judging: %1 of %2 quantities</source>
            <translation>评估中：%1/%2 个量</translation>
        </message>
        <message>
            <source>Save the plot</source>
            <translation>保存图</translation>
        </message>
        <message>
            <source>Pictures (*.png *.svg *.pdf);;Table of the data (*.csv)</source>
            <translation>图片 (*.png *.svg *.pdf);;数据表 (*.csv)</translation>
        </message>
        <message>
            <source>Saved as %1.</source>
            <translation>已保存为 %1。</translation>
        </message>
    </context>
    <context>
        <name>chainsong::SamplerPanel</name>
        <message>
            <source>One chain alone cannot show whether it has settled.</source>
            <translation>单独一条链无法显示是否已经稳定。</translation>
        </message>
        <message>
            <source>Too few draws to compare the chains.</source>
            <translation>样本太少，无法比较各链。</translation>
        </message>
        <message numerus="yes">
            <source>The %n chain(s) tell the same story.</source>
            <translation>
                <numerusform>%n 条链讲述同一个故事。</numerusform>
            </translation>
        </message>
        <message>
            <source>The chains nearly agree. Running longer will tell.</source>
            <translation>各链几乎一致。延长运行便知。</translation>
        </message>
        <message>
            <source>The chains found different solutions. Run longer, or loosen the wishes.</source>
            <translation>各链找到了不同的解。请延长运行，或放宽愿望。</translation>
        </message>
        <message>
            <source>Run twice as long</source>
            <translation>延长一倍</translation>
        </message>
        <message>
            <source>Agreement (R-hat) compares the chains: 1 means that they cannot be told apart.
    Independent takes (ESS) is how many unrelated draws these are worth.</source>
            <translation>一致性（R-hat）比较各链：1 表示无法区分。
    独立样本（ESS）：相当于多少个互不相关的样本。</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>详情</translation>
        </message>
        <message>
            <source>Show the diagnostics table (F8)</source>
            <translation>显示诊断表（F8）</translation>
        </message>
        <message>
            <source>Nothing sampled yet</source>
            <translation>尚未抽样</translation>
        </message>
        <message>
            <source>Compose, or choose bars and resample them: here you see whether the chains agree.</source>
            <translation>作曲，或选择小节重新抽样：这里会显示各链是否一致。</translation>
        </message>
        <message>
            <source>Agreement: %1</source>
            <translation>一致性：%1</translation>
        </message>
        <message>
            <source>R-hat %1 · independent takes %2 of %3</source>
            <translation>R-hat %1 · 独立样本 %2 / %3</translation>
        </message>
    </context>
    <context>
        <name>chainsong::SoundDesk</name>
        <message>
            <source>Try again</source>
            <translation>重试</translation>
        </message>
        <message>
            <source>Choose…</source>
            <translation>选择…</translation>
        </message>
        <message>
            <source>Silence: every note was let go.</source>
            <translation>静音：所有音符已释放。</translation>
        </message>
        <message>
            <source>Speakers</source>
            <translation>扬声器</translation>
        </message>
        <message>
            <source>MIDI: %1</source>
            <translation>MIDI：%1</translation>
        </message>
        <message>
            <source>MIDI: a port for other programs</source>
            <translation>MIDI：供其他程序使用的端口</translation>
        </message>
        <message>
            <source>Silence</source>
            <translation>静音</translation>
        </message>
        <message>
            <source>MIDI: %1 (not there)</source>
            <translation>MIDI：%1（不存在）</translation>
        </message>
    </context>
    <context>
        <name>chainsong::StatusStrip</name>
        <message>
            <source>Progress</source>
            <translation>进度</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Stop; your notes stay as they are (Ctrl+.)</source>
            <translation>停止；你的音符保持不变（Ctrl+.）</translation>
        </message>
        <message>
            <source>less than 1 s left</source>
            <translation>剩余不到 1 秒</translation>
        </message>
        <message>
            <source>about %1 s left</source>
            <translation>还剩约 %1 秒</translation>
        </message>
        <message>
            <source>about %1 min left</source>
            <translation>还剩约 %1 分钟</translation>
        </message>
    </context>
    <context>
        <name>chainsong::Studio</name>
        <message>
            <source>▶  Hear it (Space)</source>
            <translation>▶  听一听（空格）</translation>
        </message>
        <message>
            <source>Beginning</source>
            <translation>开始</translation>
        </message>
        <message>
            <source>&amp;Undo</source>
            <translation>撤销(&amp;U)</translation>
        </message>
        <message>
            <source>&amp;Redo</source>
            <translation>重做(&amp;R)</translation>
        </message>
        <message>
            <source>Try it: press R, and the machine offers another bar 3</source>
            <translation>试试：按 R，机器会给出另一个第 3 小节</translation>
        </message>
        <message>
            <source>Seed %1</source>
            <translation>种子 %1</translation>
        </message>
        <message>
            <source>Composing</source>
            <translation>正在作曲</translation>
        </message>
        <message>
            <source>As the desktop</source>
            <translation>跟随桌面</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>浅色</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>深色</translation>
        </message>
        <message>
            <source>Nothing yet</source>
            <translation>暂无</translation>
        </message>
        <message>
            <source>Save the piece?</source>
            <translation>保存乐曲？</translation>
        </message>
        <message>
            <source>“%1” was never saved under a name.</source>
            <translation>“%1”从未以名称保存。</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>打开</translation>
        </message>
        <message>
            <source>Music (*.chainsong *.mid *.midi);;Chainsong projects (*.chainsong);;MIDI files (*.mid *.midi)</source>
            <translation>音乐 (*.chainsong *.mid *.midi);;Chainsong 工程 (*.chainsong);;MIDI 文件 (*.mid *.midi)</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>保存</translation>
        </message>
        <message>
            <source>Chainsong projects (*.chainsong)</source>
            <translation>Chainsong 工程 (*.chainsong)</translation>
        </message>
        <message>
            <source>Replace the file?</source>
            <translation>替换文件？</translation>
        </message>
        <message>
            <source>“%1” is there already.</source>
            <translation>“%1”已存在。</translation>
        </message>
        <message>
            <source>Exporting</source>
            <translation>正在导出</translation>
        </message>
        <message>
            <source>Choose the sounds</source>
            <translation>选择音色</translation>
        </message>
        <message>
            <source>SoundFonts (*.sf2 *.sf3)</source>
            <translation>SoundFont (*.sf2 *.sf3)</translation>
        </message>
        <message>
            <source>Log density</source>
            <translation>对数密度</translation>
        </message>
        <message>
            <source>Mean pitch</source>
            <translation>平均音高</translation>
        </message>
        <message>
            <source>Notes per quarter</source>
            <translation>每四分音符的音符数</translation>
        </message>
        <message>
            <source>Pitch-class entropy</source>
            <translation>音级熵</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>重新查找</translation>
        </message>
        <message>
            <source>The view stays where it is.</source>
            <translation>视图保持不动。</translation>
        </message>
        <message>
            <source>The view follows the playhead by pages.</source>
            <translation>视图按页跟随播放位置。</translation>
        </message>
        <message>
            <source>The view follows the playhead smoothly.</source>
            <translation>视图平滑跟随播放位置。</translation>
        </message>
        <message>
            <source>Add a wish</source>
            <translation>添加愿望</translation>
        </message>
        <message>
            <source>Save the plot</source>
            <translation>保存图</translation>
        </message>
        <message>
            <source>Pictures (*.png *.svg *.pdf);;Table of the data (*.csv)</source>
            <translation>图片 (*.png *.svg *.pdf);;数据表 (*.csv)</translation>
        </message>
        <message>
            <source>Open a sampler run: one file a chain</source>
            <translation>打开采样结果：每条链一个文件</translation>
        </message>
        <message>
            <source>Draws (*.csv)</source>
            <translation>样本 (*.csv)</translation>
        </message>
        <message>
            <source>Open a sampler run: the folder of its files</source>
            <translation>打开采样结果：文件所在的文件夹</translation>
        </message>
        <message>
            <source>New notes are reminded of no phrases.</source>
            <translation>新的音符不会记起任何乐句。</translation>
        </message>
        <message numerus="yes">
            <source>New notes are reminded of up to four of %n phrase(s).</source>
            <translation>
                <numerusform>新的音符会记起 %n 个乐句中的至多四个。</numerusform>
            </translation>
        </message>
        <message>
            <source>Phrases, as “chainsong-cli index” writes them</source>
            <translation>“chainsong-cli index”写出的乐句</translation>
        </message>
        <message>
            <source>Phrase libraries (*.library);;All files (*)</source>
            <translation>乐句库 (*.library);;所有文件 (*)</translation>
        </message>
        <message>
            <source>On the way to which piece?</source>
            <translation>前往哪首乐曲？</translation>
        </message>
        <message>
            <source>MIDI files (*.mid *.midi)</source>
            <translation>MIDI 文件 (*.mid *.midi)</translation>
        </message>
        <message>
            <source>How original is this?</source>
            <translation>这有多独创？</translation>
        </message>
    </context>
    <context>
        <name>chainsong::TransportBar</name>
        <message>
            <source>Go to start</source>
            <translation>到开头</translation>
        </message>
        <message>
            <source>Go to the start (Home)</source>
            <translation>到开头（Home）</translation>
        </message>
        <message>
            <source>Play</source>
            <translation>播放</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Stop and return to the start (Esc twice)</source>
            <translation>停止并回到开头（按两次 Esc）</translation>
        </message>
        <message>
            <source>Loop</source>
            <translation>循环</translation>
        </message>
        <message>
            <source>Loop on or off (L). Drag on the ruler to say from where to where.</source>
            <translation>循环开关（L）。在标尺上拖动以设定范围。</translation>
        </message>
        <message>
            <source>Metronome</source>
            <translation>节拍器</translation>
        </message>
        <message>
            <source>Metronome on or off (K)</source>
            <translation>节拍器开关（K）</translation>
        </message>
        <message>
            <source>No count-in</source>
            <translation>不预备拍</translation>
        </message>
        <message>
            <source>Count in 1 bar</source>
            <translation>预备 1 小节</translation>
        </message>
        <message>
            <source>Count in 2 bars</source>
            <translation>预备 2 小节</translation>
        </message>
        <message>
            <source>Position: bar, beat, hundredths of a beat</source>
            <translation>位置：小节、拍、百分之一拍</translation>
        </message>
        <message>
            <source>Position</source>
            <translation>位置</translation>
        </message>
        <message>
            <source> BPM</source>
            <translation> BPM</translation>
        </message>
        <message>
            <source>Tempo in quarter notes a minute (Ctrl+Shift+Up and Down)</source>
            <translation>速度，每分钟四分音符数（Ctrl+Shift+上/下）</translation>
        </message>
        <message>
            <source>Tempo</source>
            <translation>速度</translation>
        </message>
        <message>
            <source>Tap</source>
            <translation>敲击</translation>
        </message>
        <message>
            <source>Tap the beat: the tempo follows from the third tap on</source>
            <translation>敲出节拍：第三下起速度跟随</translation>
        </message>
        <message>
            <source>Metre</source>
            <translation>拍号</translation>
        </message>
        <message>
            <source>Key of the piece; the roll highlights its scale (H)</source>
            <translation>乐曲的调性；卷帘突出其音阶（H）</translation>
        </message>
        <message>
            <source>Major</source>
            <translation>大调</translation>
        </message>
        <message>
            <source>Minor</source>
            <translation>小调</translation>
        </message>
        <message>
            <source>Where the sound goes</source>
            <translation>声音去向</translation>
        </message>
        <message>
            <source>Sound output</source>
            <translation>声音输出</translation>
        </message>
        <message>
            <source>Volume</source>
            <translation>音量</translation>
        </message>
        <message>
            <source>Panic</source>
            <translation>紧急静音</translation>
        </message>
        <message>
            <source>Panic: silence everything now (F12)</source>
            <translation>紧急静音：立即静音（F12）</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>暂停</translation>
        </message>
        <message>
            <source>Pause (Space)</source>
            <translation>暂停（空格）</translation>
        </message>
        <message>
            <source>Play (Space)</source>
            <translation>播放（空格）</translation>
        </message>
        <message>
            <source>Key?</source>
            <translation>调性？</translation>
        </message>
    </context>
    <context>
        <name>chainsong::VariationCardView</name>
        <message>
            <source>The music as it was (0)</source>
            <translation>原来的音乐（0）</translation>
        </message>
        <message>
            <source>Click or press %1 to hear it, Enter to keep it. Drag it out as a MIDI file. Seed %2.</source>
            <translation>点击或按 %1 试听，Enter 保留。可拖出为 MIDI 文件。种子 %2。</translation>
        </message>
        <message>
            <source>Star</source>
            <translation>加星</translation>
        </message>
        <message>
            <source>Keep this variation for later (Shift+%1)</source>
            <translation>留待以后（Shift+%1）</translation>
        </message>
        <message>
            <source>Original</source>
            <translation>原来的</translation>
        </message>
        <message>
            <source>Score %1</source>
            <translation>得分 %1</translation>
        </message>
        <message>
            <source>as it was</source>
            <translation>原样</translation>
        </message>
        <message>
            <source>changed %1 of %2</source>
            <translation>改动 %1 / %2</translation>
        </message>
    </context>
    <context>
        <name>chainsong::VariationCards</name>
        <message>
            <source>Put the cards away; starred ones stay in the history</source>
            <translation>收起卡片；加星的留在历史中</translation>
        </message>
        <message>
            <source>Put the cards away</source>
            <translation>收起卡片</translation>
        </message>
        <message>
            <source>Choose bars on the ruler and press R: the machine suggests other music for them. Your notes stay as they are until you keep a suggestion.</source>
            <translation>在标尺上选择小节并按 R：机器会为它们提出别的音乐。在你保留建议之前，音符保持不变。</translation>
        </message>
        <message>
            <source>1–8 hear · 0 original · Enter keep</source>
            <translation>1–8 试听 · 0 原来的 · Enter 保留</translation>
        </message>
        <message>
            <source>Put this variation into the score (Enter). Undo brings the original back.</source>
            <translation>把此变体放入乐曲（Enter）。撤销可恢复原来的。</translation>
        </message>
        <message>
            <source>Variations</source>
            <translation>变体</translation>
        </message>
        <message>
            <source>Variations of %1</source>
            <translation>%1的变体</translation>
        </message>
        <message>
            <source>Keep variation %1</source>
            <translation>保留变体 %1</translation>
        </message>
    </context>
    <context>
        <name>chainsong::VoiceRow</name>
        <message>
            <source>Name of voice %1</source>
            <translation>声部 %1 的名称</translation>
        </message>
        <message>
            <source>Voice %1</source>
            <translation>声部 %1</translation>
        </message>
        <message>
            <source>M</source>
            <translation>M</translation>
        </message>
        <message>
            <source>Mute</source>
            <translation>静音</translation>
        </message>
        <message>
            <source>Mute this voice (M)</source>
            <translation>静音此声部（M）</translation>
        </message>
        <message>
            <source>S</source>
            <translation>S</translation>
        </message>
        <message>
            <source>Solo</source>
            <translation>独奏</translation>
        </message>
        <message>
            <source>Hear this voice alone (S)</source>
            <translation>只听此声部（S）</translation>
        </message>
        <message>
            <source>Pin all</source>
            <translation>全部固定</translation>
        </message>
        <message>
            <source>Pin all notes of this voice: the sampler keeps them</source>
            <translation>固定此声部的所有音符：采样器会保留它们</translation>
        </message>
        <message>
            <source>Instrument</source>
            <translation>乐器</translation>
        </message>
        <message>
            <source>Level of this voice</source>
            <translation>此声部的音量</translation>
        </message>
        <message>
            <source>Level of voice %1</source>
            <translation>声部 %1 的音量</translation>
        </message>
        <message>
            <source>Drums</source>
            <translation>鼓</translation>
        </message>
        <message>
            <source>Piano</source>
            <translation>钢琴</translation>
        </message>
        <message>
            <source>Chromatic percussion</source>
            <translation>色彩打击乐</translation>
        </message>
        <message>
            <source>Organ</source>
            <translation>风琴</translation>
        </message>
        <message>
            <source>Guitar</source>
            <translation>吉他</translation>
        </message>
        <message>
            <source>Bass</source>
            <translation>贝斯</translation>
        </message>
        <message>
            <source>Strings</source>
            <translation>弦乐</translation>
        </message>
        <message>
            <source>Ensemble</source>
            <translation>合奏</translation>
        </message>
        <message>
            <source>Brass</source>
            <translation>铜管</translation>
        </message>
        <message>
            <source>Reed</source>
            <translation>簧管</translation>
        </message>
        <message>
            <source>Pipe</source>
            <translation>笛类</translation>
        </message>
        <message>
            <source>Synth lead</source>
            <translation>合成主音</translation>
        </message>
        <message>
            <source>Synth pad</source>
            <translation>合成铺底</translation>
        </message>
        <message>
            <source>Synth effects</source>
            <translation>合成效果</translation>
        </message>
        <message>
            <source>World</source>
            <translation>民族乐器</translation>
        </message>
        <message>
            <source>Percussive</source>
            <translation>打击乐</translation>
        </message>
        <message>
            <source>Sound effects</source>
            <translation>音效</translation>
        </message>
        <message>
            <source>Remove this voice</source>
            <translation>移除此声部</translation>
        </message>
    </context>
    <context>
        <name>chainsong::VoicesPanel</name>
        <message>
            <source>Add a voice</source>
            <translation>添加声部</translation>
        </message>
        <message>
            <source>Add an empty voice</source>
            <translation>添加空声部</translation>
        </message>
    </context>
</TS>
