<?xml version="1.0" encoding="UTF-8"?>
<!--
  draft-form: 入力: the SIMs of the request and what else is to be said.

  <draft-form kind="suspend" kind-text="一時停止" about="…" fee="…" deadline="…" until="…" lines="12" many="1" change="1" form="/drafts/5" choose="…" upload="…" confirm="…">
    <numbers total="12" first="1" last="12" page="1" pages="1"><pager …/><line id phone serial plan size option state state-text/>…</numbers>
    <uploaded read="98" mended="3" bad="2" is-mended="1" is-bad="1" more="1" csv="/drafts/5/unread.csv">
      <bad row="4" typed="8.98E+18" text="…"/>… <mended row="7" typed="020…" text="…"/>…
    </uploaded>
    <fields>
      <field name="date" type="date" label="適用開始日" value="" error="" required="1" first="2026/11/25" last="2027/02/25"/>
      <choice name="reason" label="…" error="" hint="" required="1"><option …/>…</choice>
      <field name="note" type="text" label="…"/>
    </fields>
  </draft-form>
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:simportal:message"
    exclude-result-prefixes="m">

  <xsl:template name="page.draft-form">
    <xsl:call-template name="steps"><xsl:with-param name="current" select="1"/></xsl:call-template>
    <div class="card">
      <p><xsl:value-of select="@about"/></p>
      <ul class="rules">
        <li><xsl:value-of select="@fee"/></li>
        <li><xsl:value-of select="@deadline"/></li>
        <li><xsl:value-of select="@until"/></li>
      </ul>
    </div>
    <section class="card">
      <h2><m:text key="request.numbers"/></h2>
      <p><b><m:text key="draft.count"><m:arg name="n" select="@lines"/></m:text></b></p>
      <xsl:if test="@many"><p class="notice warning"><m:text key="draft.many"/></p></xsl:if>
      <xsl:if test="not(numbers/line)"><p class="empty"><m:text key="draft.empty"/></p></xsl:if>
      <p class="buttons"><a class="button" href="{@choose}"><m:text key="draft.choose"/></a></p>
      <xsl:call-template name="draft-upload"/>
      <xsl:apply-templates select="uploaded" mode="draft"/>
      <xsl:apply-templates select="numbers[line]" mode="draft"/>
    </section>
    <form class="card stack" method="post" action="{@form}" novalidate="novalidate">
      <h2><m:text key="draft.fields"/></h2>
      <p class="hint"><m:text key="form.required"/></p>
      <xsl:call-template name="csrf"/>
      <xsl:for-each select="fields/*"><xsl:apply-templates select="." mode="draft"/></xsl:for-each>
      <p class="buttons">
        <button class="primary" name="go" value="confirm"><m:text key="draft.confirm"/></button>
        <button name="go" value="keep"><m:text key="draft.save"/></button>
      </p>
    </form>
  </xsl:template>

  <!-- A file of numbers, wherever SIMs are chosen: @upload. -->
  <xsl:template name="draft-upload">
    <form class="stack upload" method="post" action="{@upload}" enctype="multipart/form-data">
      <xsl:call-template name="csrf"/>
      <div class="field">
        <label for="f-file"><m:text key="draft.file"/></label>
        <input type="file" id="f-file" name="file" accept=".csv,.txt,text/csv,text/plain" aria-describedby="h-file"/>
        <p class="hint" id="h-file"><m:text key="draft.file-hint"/></p>
      </div>
      <p class="buttons"><button><m:text key="draft.upload"/></button></p>
    </form>
  </xsl:template>

  <xsl:template match="uploaded" mode="draft">
    <div class="uploaded" role="status">
      <xsl:if test="not(@is-bad)"><p><m:text key="draft.read"><m:arg name="n" select="@read"/></m:text></p></xsl:if>
      <xsl:if test="@is-bad">
        <div class="notice danger">
          <h2><m:text key="draft.read-partly"><m:arg name="n" select="@read"/><m:arg name="bad" select="@bad"/></m:text></h2>
          <p><m:text key="draft.bad"/></p>
          <ul>
            <xsl:for-each select="bad">
              <li><m:text key="draft.row"><m:arg name="row" select="@row"/><m:arg name="typed" select="@typed"/><m:arg name="text" select="@text"/></m:text></li>
            </xsl:for-each>
          </ul>
          <xsl:if test="@more"><p><m:text key="draft.bad-more"/></p></xsl:if>
          <p><a class="button" href="{@csv}" download="download"><m:text key="draft.bad-csv"/></a></p>
        </div>
      </xsl:if>
      <xsl:if test="@is-mended">
        <details class="notice warning">
          <summary><m:text key="draft.mended"><m:arg name="n" select="@mended"/></m:text></summary>
          <ul>
            <xsl:for-each select="mended">
              <li><m:text key="draft.row"><m:arg name="row" select="@row"/><m:arg name="typed" select="@typed"/><m:arg name="text" select="@text"/></m:text></li>
            </xsl:for-each>
          </ul>
        </details>
      </xsl:if>
    </div>
  </xsl:template>

  <xsl:template match="numbers" mode="draft">
    <div class="tools">
      <xsl:apply-templates select="pager"/>
      <p class="shown"><m:text key="list.shown"><m:arg name="n" select="@total"/><m:arg name="first" select="@first"/><m:arg name="last" select="@last"/></m:text></p>
    </div>
    <div class="scroll" tabindex="0" role="region" m:aria-label="request.numbers">
      <table class="requests">
        <thead>
          <tr>
            <th scope="col"><m:text key="line.phone"/></th><th scope="col"><m:text key="line.serial"/></th>
            <th scope="col"><m:text key="request.plan"/></th><th scope="col"><m:text key="detail.card-size"/></th>
            <th scope="col"><m:text key="line.option"/></th><th scope="col"><m:text key="line.state"/></th>
          </tr>
        </thead>
        <tbody>
          <xsl:for-each select="line">
            <tr>
              <th><xsl:value-of select="@phone"/></th>
              <td><xsl:value-of select="@serial"/></td>
              <td><xsl:value-of select="@plan"/></td>
              <td><xsl:value-of select="@size"/></td>
              <td><xsl:value-of select="@option"/></td>
              <td class="s {@state}"><xsl:value-of select="@state-text"/></td>
            </tr>
          </xsl:for-each>
        </tbody>
      </table>
    </div>
  </xsl:template>

  <xsl:template match="field[@type = 'date']" mode="draft">
    <xsl:call-template name="field">
      <xsl:with-param name="field" select="."/>
      <xsl:with-param name="label" select="@label"/>
      <xsl:with-param name="hint"><m:text key="draft.date-hint"><m:arg name="first" select="@first"/><m:arg name="last" select="@last"/></m:text></xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="field" mode="draft">
    <xsl:call-template name="field">
      <xsl:with-param name="field" select="."/>
      <xsl:with-param name="label" select="@label"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="choice" mode="draft">
    <xsl:call-template name="choice">
      <xsl:with-param name="field" select="."/>
      <xsl:with-param name="label" select="@label"/>
      <xsl:with-param name="hint" select="@hint"/>
    </xsl:call-template>
  </xsl:template>

</xsl:stylesheet>
