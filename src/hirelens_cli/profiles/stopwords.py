"""Words that carry no meaning of their own, in the seven languages, folded as tokens are."""

from __future__ import annotations

_ENGLISH = """
a about above across after again against all also am among an and any are around as at be became because been before
being below between both but by can cannot could did do does doing done down due during each either etc even ever every
few for from further get gets got had has have having he her here hers herself him himself his how however i if in into
is it its itself just like made make makes many may me might more most much must my myself near nor not now of off often
on once one only onto or other our ours ourselves out over own per rather same several shall she should since so some
such than that the their theirs them themselves then there these they this those though three through throughout thus to
together too toward towards two under until up upon us use used uses using various very via was we well were what when
where whether which while who whom whose why will with within without would yet you your yours yourself
"""
_GERMAN = """
aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim bin bis bist da dabei damit dann das
dass dem den denen der deren des dessen die dies diese diesem diesen dieser dieses doch dort du durch ein eine einem einen
einer eines er es etwas euch euer fur gegen haben hat hatte hier hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in
ist ja jede jedem jeden jeder jedes jetzt kann kein keine konnen mein meine meinem meinen meiner mich mir mit nach nicht
noch nun nur ob oder ohne sehr sein seine seinem seinen seiner seit sich sie sind sowie uber um und uns unser unsere unter
vom von vor wahrend war waren was weil wenn werden wie wieder wir wird wo wurde wurden zu zum zur zwischen
"""
_FRENCH = """
afin ai ainsi alors as au aucun aussi autre autres aux avec avoir avons ayant c ce ceci cela ces cet cette chez ci comme
d dans de des depuis deux dont du elle elles en encore entre est et etait etc ete etre eu fait font furent ici il ils j je
l la le les leur leurs lors lui ma mais mes moi mon n ne nos notre nous ont ou par parmi pas pendant peu plus pour pres qu
que qui quoi s sa sans se selon ses si son sont sous sur sur ta tes toi ton tous tout toute toutes tres tu un une vers
vos votre vous y
"""
_SPANISH = """
a al algo algunas algunos ante antes asi aunque bajo bien cada como con contra cual cuando de del desde donde dos durante e
el ella ellas ellos en entre era eran es esa ese eso esta estaba estan este esto estos fue fueron ha habia han hasta hay
la las le les lo los mas me mediante mi mis mucho muy nada ni no nos nosotros o os otra otras otro otros para pero por
porque que quien se segun ser si sido sin sobre son su sus tambien tanto te tiene todo todos traves tu tus un una unas uno
unos usted y ya yo
"""
_PORTUGUESE = """
a ao aos apos as ate com como da das de dela dele delas deles desde do dos e ela elas ele eles em entre era essa esse esta
este estes eu foi foram ha isso isto ja lhe mais mas me mesmo meu meus minha muito na nao nas nem no nos nossa nosso num
numa o os ou para pela pelas pelo pelos por qual quando que quem sao se seja sem ser seu seus sob sobre sua suas tambem
tem todo todos um uma umas uns voce
"""
_ITALIAN = """
a ad agli ai al alla alle allo anche ancora avere che chi ci come con cui da dagli dai dal dalla dalle dallo degli dei del
della delle dello di dove due durante e ed era erano essere fino fra gli ha hanno i il in io la le lei lo loro lui ma mi
mia mio ne negli nei nel nella nelle nello no noi non nostro o ogni per perche piu poi presso quale quando quella quelle
quello questa queste questi questo sei si sia sono stato su sua sue sugli sui sul sulla suo suoi tra tramite tu tutte tutti
tutto un una uno verso vi
"""
_DUTCH = """
aan af al alle als altijd andere ben bij binnen daar dan dat de deze die dit doen door dus een eens en er ge geen had heb
hebben heeft het hier hij hoe hun ik in is ja je kan kon maar me meer men met mij mijn na naar niet nog nu of om omdat
onder ons onze ook op over te tegen tijdens toch toen tot u uit uw van veel via voor waar wanneer waren was wat we wel werd
werden wie wij worden wordt zal ze zei zelf zich zij zijn zo zonder zou
"""

STOP_WORDS: frozenset[str] = frozenset(
    (_ENGLISH + _GERMAN + _FRENCH + _SPANISH + _PORTUGUESE + _ITALIAN + _DUTCH).split()
)
"""`it` is among them: the department is written IT, and its skills are named otherwise."""
