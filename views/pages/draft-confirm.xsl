<?xml version="1.0" encoding="UTF-8"?>
<!--
  draft-confirm: 確認: what would become of each SIM, what it costs, why one is refused.

  <draft-confirm kind-text="一時停止" lines="12" good="10" refused="2" is-refused="1" is-good="1" form="/drafts/5"
                 confirm="/drafts/5/confirm" show-refused="…" show-all="…" many="1" change="1" until="…" date-error="…" sum-before="330" idle="…" delete="/drafts/5/delete">
    sum-before: what a changed request has cost; delete: where the draft can be thrown away
    <deed text="3件を解約する" word="解約"><field name="typed" …/></deed>   the last button is one of danger
    <changes added="1" removed="2" kept="3" show="/drafts/5/confirm?only=removed" more="1"><line …/>…</changes>
    <facts>… of a change: <fact label value before="…"/> or <fact label value same="1"/></facts> <total …/> <hidden …/>…
    <numbers total="12" first="1" last="12" only="refused" change="1" date="2026/12/01" each="300" csv="…" csv-wrong="…"><pager …/>
      each: what each SIM costs, absent when nothing is to be paid
      <line phone serial plan size option state state-text to to-text refused="1" added="1" reason="…" idle="…"/>…</numbers>
  </draft-confirm>
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:simportal:message"
    exclude-result-prefixes="m">

  <xsl:template name="page.draft-confirm">
    <xsl:call-template name="steps"><xsl:with-param name="current" select="2"/></xsl:call-template>
    <div class="card">
      <xsl:apply-templates select="facts" mode="request"/>
      <p><b><m:text key="draft.count"><m:arg name="n" select="@lines"/></m:text></b></p>
      <xsl:apply-templates select="changes" mode="draft"/>
      <xsl:if test="@many"><p class="notice warning"><m:text key="draft.many"/></p></xsl:if>
      <xsl:if test="@is-refused">
        <p class="notice danger">
          <m:text key="draft.refused"><m:arg name="n" select="@refused"/><m:arg name="good" select="@good"/></m:text>
          <a class="after" href="{@show-refused}"><m:text key="draft.show-refused"/></a>
        </p>
      </xsl:if>
      <xsl:if test="@idle"><p class="notice warning"><xsl:value-of select="@idle"/></p></xsl:if>
      <xsl:if test="@date-error"><p class="notice danger"><xsl:value-of select="@date-error"/></p></xsl:if>
      <xsl:apply-templates select="total" mode="request"/>
      <xsl:if test="@sum-before"><p><m:text key="draft.sum-before"><m:arg name="sum" select="@sum-before"/></m:text></p></xsl:if>
      <form method="post" action="{@confirm}" novalidate="novalidate">
        <xsl:call-template name="csrf"/>
        <xsl:call-template name="hiddens"/>
        <xsl:if test="not(@is-refused or @date-error)">
          <xsl:if test="not(deed)"><p class="hint"><m:text key="draft.confirm-note"/></p></xsl:if>
          <p class="hint"><xsl:value-of select="@until"/></p>
          <xsl:for-each select="deed">
            <xsl:call-template name="field">
              <xsl:with-param name="field" select="field"/>
              <xsl:with-param name="label" select="field/@label"/>
              <xsl:with-param name="hint"><m:text key="draft.typed-hint"><m:arg name="word" select="@word"/></m:text></xsl:with-param>
            </xsl:call-template>
          </xsl:for-each>
        </xsl:if>
        <p class="buttons">
          <xsl:choose>
            <xsl:when test="@date-error"/>
            <xsl:when test="deed and not(@is-refused)"><button class="danger" name="go" value="submit"><xsl:value-of select="deed/@text"/></button></xsl:when>
            <xsl:when test="not(@is-refused)"><button class="primary" name="go" value="submit"><m:text key="draft.submit"/></button></xsl:when>
            <xsl:when test="@is-good"><button class="primary" name="go" value="good"><m:text key="draft.only-good"><m:arg name="n" select="@good"/></m:text></button></xsl:when>
          </xsl:choose>
          <a class="button" href="{@form}"><m:text key="form.back"/></a>
        </p>
      </form>
      <xsl:if test="@delete">
        <form method="post" action="{@delete}"><xsl:call-template name="csrf"/><p class="buttons"><button><m:text key="draft.cancel"/></button></p></form>
      </xsl:if>
    </div>
    <xsl:for-each select="numbers">
      <div class="tools">
        <xsl:if test="@only"><a class="button" href="{../@show-all}"><m:text key="draft.show-all"/></a></xsl:if>
        <xsl:apply-templates select="pager"/>
        <p class="shown"><m:text key="list.shown"><m:arg name="n" select="@total"/><m:arg name="first" select="@first"/><m:arg name="last" select="@last"/></m:text></p>
        <p class="downloads">
          <a class="button" href="{@csv}" download="download"><m:text key="draft.csv"/></a>
          <xsl:if test="@csv-wrong"><a class="button" href="{@csv-wrong}" download="download"><m:text key="draft.csv-refused"/></a></xsl:if>
        </p>
      </div>
      <div class="scroll" tabindex="0" role="region" m:aria-label="request.numbers">
        <table class="requests">
          <thead>
            <tr>
              <th scope="col"><m:text key="line.phone"/></th><th scope="col"><m:text key="line.serial"/></th>
              <th scope="col"><m:text key="request.plan"/></th><th scope="col"><m:text key="draft.now"/></th>
              <th scope="col"><m:text key="draft.then"/></th>
              <th scope="col"><m:text key="draft.date"/></th>
              <xsl:if test="@each"><th scope="col"><m:text key="draft.price"/></th></xsl:if>
              <xsl:if test="@change"><th scope="col"><m:text key="draft.change"/></th></xsl:if>
              <th scope="col"><m:text key="draft.verdict"/></th>
            </tr>
          </thead>
          <tbody>
            <xsl:for-each select="line">
              <tr>
                <th><xsl:value-of select="@phone"/></th>
                <td><xsl:value-of select="@serial"/></td>
                <td><xsl:value-of select="@plan"/></td>
                <td class="s {@state}"><xsl:value-of select="@state-text"/></td>
                <td><xsl:if test="@to and not(../@only = 'removed')"><span class="s {@to}"><xsl:value-of select="@to-text"/></span></xsl:if></td>
                <td><xsl:if test="not(@refused or ../@only = 'removed')"><xsl:value-of select="../@date"/></xsl:if></td>
                <xsl:if test="../@each">
                  <td class="n"><xsl:if test="not(@refused or ../@only = 'removed')"><m:text key="draft.yen"><m:arg name="yen" select="../@each"/></m:text></xsl:if></td>
                </xsl:if>
                <xsl:if test="../@change">
                  <td>
                    <xsl:choose>
                      <xsl:when test="../@only = 'removed'"><m:text key="draft.is-removed"/></xsl:when>
                      <xsl:when test="@added"><b><m:text key="draft.is-added"/></b></xsl:when>
                      <xsl:otherwise><m:text key="draft.same"/></xsl:otherwise>
                    </xsl:choose>
                  </td>
                </xsl:if>
                <td>
                  <xsl:choose>
                    <xsl:when test="../@only = 'removed'"/>
                    <xsl:when test="@refused"><b class="error"><m:text key="draft.no"/></b></xsl:when>
                    <xsl:otherwise><m:text key="draft.yes"/></xsl:otherwise>
                  </xsl:choose>
                  <xsl:if test="@idle"><small><xsl:value-of select="@idle"/></small></xsl:if>
                  <xsl:if test="@reason"><small><xsl:value-of select="@reason"/></small></xsl:if>
                </td>
              </tr>
            </xsl:for-each>
          </tbody>
        </table>
      </div>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="changes" mode="draft">
    <p><m:text key="draft.changes"><m:arg name="added" select="@added"/><m:arg name="removed" select="@removed"/><m:arg name="kept" select="@kept"/></m:text></p>
    <xsl:if test="line">
      <div class="notice warning">
        <h2><m:text key="draft.removed"/></h2>
        <ul><xsl:for-each select="line"><li><xsl:value-of select="concat(@phone, ' ', @serial)"/></li></xsl:for-each></ul>
        <xsl:if test="@more"><p><a href="{@show}"><m:text key="draft.show-removed"/></a></p></xsl:if>
      </div>
    </xsl:if>
  </xsl:template>

</xsl:stylesheet>
