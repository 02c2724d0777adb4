"""The article whose example Backprop begins with, by its title and date."""

from backprop_gui.system.texts import _

ARTICLE = _("“Simplified Neural Network Backpropagation Example Python” (27 July 2016)")
