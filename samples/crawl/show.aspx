<!DOCTYPE html>
<html lang="zh-CN">
<head><meta charset="utf-8"><title>黛湖区榆湾街道办事处2024年度政府信息公开工作报告</title></head>
<body>
<div class="header"><ul class="nav"><li><a href="/0/">首页</a></li><li><a href="/1/">专题专栏</a></li><li><a href="/2/">走进本地</a></li><li><a href="/3/">注册</a></li><li><a href="/4/">数据开放</a></li><li><a href="/5/">政民互动</a></li><li><a href="/6/">智能问答</a></li></ul></div>
<div class="header"><ul class="nav"><li><a href="/0/">法定主动公开内容</a></li><li><a href="/1/">>></a></li><li><a href="/2/">注册</a></li><li><a href="/3/">>></a></li><li><a href="/4/">依申请公开</a></li><li><a href="/5/">>></a></li><li><a href="/6/">繁體</a></li></ul></div>
<div class="content" id="zoom">
<div class="title">黛湖区榆湾街道办事处2024年度政府信息公开工作报告</div>
<p>全年组织业务培训4次，并把公开工作列入年度考核。</p>
<p>建立文件公开属性的源头认定制度，拟稿时即注明是否公开。</p>
<h2>一、总体情况</h2>
<p>2024年，我街道把公开透明贯穿于决策、执行、管理、服务和结果全过程，各项任务按期完成。本报告中所列数据的统计期限为2024年1月1日至2024年12月31日。</p>
<p>（一）主动公开。通过政府网站发布信息562条，其中图文解读31篇、新闻发布会实录12篇。组织政府开放日活动，邀请企业代表和居民走进办事窗口。2024年1月1日至12月31日，我街道共作出行政处罚决定40件。</p>
<p>（二）依申请公开。本年度共处理政府信息公开申请12件，予以公开的4件，部分公开的1件，不予公开的0件。我们收到政府信息公开申请11件。完善申请受理、登记、会商、答复各环节的文书样式，答复前先与申请人沟通。</p>
<p>（三）行政复议和行政诉讼。本年度没有因政府信息公开工作被申请行政复议的情况。某企业因政府信息公开答复将我街道诉至人民法院，该案已开庭审理。</p>
<p>（四）管理、平台和监督。严格执行发布前的保密审查，做到先审查、后公开。建立文件公开属性的源头认定制度，拟稿时即注明是否公开。全年组织业务培训4次，并把公开工作列入年度考核。</p>
<h2>二、主动公开政府信息情况</h2>
<table border="1">
<tr> <td colspan="4"><strong>第二十条第（一）项</strong></td> </tr>
<tr> <td><strong>信息内容</strong></td> <td><strong>本年制发件数</strong></td> <td><strong>本年废止件数</strong></td> <td><strong>现行有效件数</strong></td> </tr>
<tr> <td><strong>规章</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> </tr>
<tr> <td><strong>行政规范性文件</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> </tr>
<tr> <td colspan="4"><strong>第二十条第（五）项</strong></td> </tr>
<tr> <td><strong>信息内容</strong></td> <td colspan="3"><strong>本年处理决定数量</strong></td> </tr>
<tr> <td><strong>行政许可</strong></td> <td colspan="3"><strong>0</strong></td> </tr>
<tr> <td colspan="4"><strong>第二十条第（六）项</strong></td> </tr>
<tr> <td><strong>信息内容</strong></td> <td colspan="3"><strong>本年处理决定数量</strong></td> </tr>
<tr> <td><strong>行政处罚</strong></td> <td colspan="3"><strong>40</strong></td> </tr>
<tr> <td><strong>行政强制</strong></td> <td colspan="3"><strong>3</strong></td> </tr>
<tr> <td colspan="4"><strong>第二十条第（八）项</strong></td> </tr>
<tr> <td><strong>信息内容</strong></td> <td colspan="3"><strong>本年收费金额（单位：万元）</strong></td> </tr>
<tr> <td><strong>行政事业性收费</strong></td> <td colspan="3"><strong>0</strong></td> </tr>
</table>
<h2>三、收到和处理政府信息公开申请情况</h2>
<table border="1">
<tr> <td rowspan="3" colspan="3"><strong>（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）</strong></td> <td colspan="7"><strong>申请人情况</strong></td> </tr>
<tr> <td rowspan="2"><strong>自然人</strong></td> <td colspan="5"><strong>法人或其他组织</strong></td> <td rowspan="2"><strong>总计</strong></td> </tr>
<tr> <td><strong>商业企业</strong></td> <td><strong>科研机构</strong></td> <td><strong>社会公益组织</strong></td> <td><strong>法律服务机构</strong></td> <td><strong>其他</strong></td> </tr>
<tr> <td colspan="3"><strong>一、本年新收政府信息公开申请数量</strong></td> <td><strong>10</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>1</strong></td> <td><strong>11</strong></td> </tr>
<tr> <td colspan="3"><strong>二、上年结转政府信息公开申请数量</strong></td> <td><strong>1</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>1</strong></td> </tr>
<tr> <td rowspan="2"><strong>三、本年度办理结果</strong></td> <td colspan="2"><strong>（一）予以公开</strong></td> <td><strong>4</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>4</strong></td> </tr>
<tr> <td colspan="2"><strong>（二）部分公开（区分处理的，只计这一情形，不计其他情形）</strong></td> <td><strong>1</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>1</strong></td> </tr>
</table>
<table border="1">
<tr> <td rowspan="3" colspan="3"><strong>（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）</strong></td> <td colspan="7"><strong>申请人情况</strong></td> </tr>
<tr> <td rowspan="2"><strong>自然人</strong></td> <td colspan="5"><strong>法人或其他组织</strong></td> <td rowspan="2"><strong>总计</strong></td> </tr>
<tr> <td><strong>商业企业</strong></td> <td><strong>科研机构</strong></td> <td><strong>社会公益组织</strong></td> <td><strong>法律服务机构</strong></td> <td><strong>其他</strong></td> </tr>
<tr> <td rowspan="20"><strong>三、本年度办理结果</strong></td> <td rowspan="8"><strong>（三）不予公开</strong></td> <td><strong>（1）属于国家秘密</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> </tr>
<tr> <td><strong>（2）其他法律行政法规禁止公开</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> </tr>
<tr> <td><strong>（3）危及“三安全一稳定”</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> </tr>
<tr> <td><strong>（4）保护第三方合法权益</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> </tr>
<tr> <td><strong>（5）属于三类内部事务信息</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> </tr>
<tr> <td><strong>（6）属于四类过程性信息</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> </tr>
<tr> <td><strong>（7）属于行政执法案卷</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> </tr>
<tr> <td><strong>（8）属于行政查询事项</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> </tr>
<tr> <td rowspan="3"><strong>（四）无法提供</strong></td> <td><strong>（1）本机关不掌握相关政府信息</strong></td> <td><strong>3</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>1</strong></td> <td><strong>4</strong></td> </tr>
<tr> <td><strong>（2）没有现成信息需要另行制作</strong></td> <td><strong>1</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>1</strong></td> </tr>
<tr> <td><strong>（3）补正后申请内容仍不明确</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> </tr>
<tr> <td rowspan="5"><strong>（五）不予处理</strong></td> <td><strong>（1）信访举报投诉类申请</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> </tr>
<tr> <td><strong>（2）重复申请</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> </tr>
<tr> <td><strong>（3）要求提供公开出版物</strong></td> <td><strong>1</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>1</strong></td> </tr>
<tr> <td><strong>（4）无正当理由大量反复申请</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> </tr>
<tr> <td><strong>（5）要求行政机关确认或重新出具已获取信息</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> </tr>
<tr> <td rowspan="3"><strong>（六）其他处理</strong></td> <td><strong>（1）申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> </tr>
<tr> <td><strong>（2）申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> </tr>
<tr> <td><strong>（3）其他</strong></td> <td><strong>1</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>1</strong></td> </tr>
<tr> <td colspan="2"><strong>（七）总计</strong></td> <td><strong>11</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>1</strong></td> <td><strong>12</strong></td> </tr>
<tr> <td colspan="3"><strong>四、结转下年度继续办理</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> </tr>
</table>
<h2>四、政府信息公开行政复议行政诉讼情况</h2>
<table border="1">
<tr> <td colspan="5"><strong>行政复议</strong></td> <td colspan="10"><strong>行政诉讼</strong></td> </tr>
<tr> <td rowspan="2"><strong>结果维持</strong></td> <td rowspan="2"><strong>结果纠正</strong></td> <td rowspan="2"><strong>其他结果</strong></td> <td rowspan="2"><strong>尚未审结</strong></td> <td rowspan="2"><strong>总计</strong></td> <td colspan="5"><strong>未经复议直接起诉</strong></td> <td colspan="5"><strong>复议后起诉</strong></td> </tr>
<tr> <td><strong>结果维持</strong></td> <td><strong>结果纠正</strong></td> <td><strong>其他结果</strong></td> <td><strong>尚未审结</strong></td> <td><strong>总计</strong></td> <td><strong>结果维持</strong></td> <td><strong>结果纠正</strong></td> <td><strong>其他结果</strong></td> <td><strong>尚未审结</strong></td> <td><strong>总计</strong></td> </tr>
<tr> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> <td><strong>0</strong></td> </tr>
</table>
<h2>五、存在的主要问题及改进情况</h2>
<p>部分栏目的更新间隔较长，信息的检索不够便利。下一步，我街道将增加图解和问答式解读，并在文件起草时同步准备。下一步，将按季度通报栏目更新情况，并对经办人员进行专门培训。</p>
<h2>六、其他需要报告的事项</h2>
<p>无其他需要报告的事项。</p>
<div class="foot">国务院部门网站</div>
<div class="foot">打印本页</div>
<div class="foot">主办：黛湖区人民政府办公室  承办：黛湖区政务公开中心</div>
<div class="foot">版权所有 网站标识码：5156533531 京ICP备58989629号</div>
</div>
</body></html>